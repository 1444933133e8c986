/** The questions a filter chip can ask. The chip writes them as expressions; see `objects/filter`. */
export type OperatorName =
  | 'contains'
  | 'not_contains'
  | 'is'
  | 'is_not'
  | 'is_any'
  | 'is_none'
  | 'includes'
  | 'more'
  | 'less'
  | 'at_least'
  | 'at_most'
  | 'on'
  | 'before'
  | 'after'
  | 'period'
  | 'yes'
  | 'no'
  | 'mine'
  | 'my_teams'
  | 'empty'
  | 'not_empty'

export const forText: OperatorName[] = ['contains', 'not_contains', 'is', 'is_not', 'empty', 'not_empty']
export const forNumber: OperatorName[] = ['at_least', 'at_most', 'more', 'less', 'is', 'empty', 'not_empty']
export const forDate: OperatorName[] = ['period', 'before', 'after', 'on', 'empty', 'not_empty']
export const forChoice: OperatorName[] = ['is_any', 'is_none', 'empty', 'not_empty']
export const forUser: OperatorName[] = ['mine', 'is_any', 'is_none', 'empty', 'not_empty']
export const forTeam: OperatorName[] = ['my_teams', 'is_any', 'is_none', 'empty', 'not_empty']
export const forList: OperatorName[] = ['includes', 'empty', 'not_empty']
export const forBoolean: OperatorName[] = ['yes', 'no']
