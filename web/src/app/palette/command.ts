/** "new deal for Valsesia" is a verb and what it is about; the little word between them is that of each language. */
export function splitCommand(typed: string): [verb: string, about: string] {
  const match = /^(.{3,}?)\s+(?:for|per|给)\s+(.{2,})$/iu.exec(typed) ?? /^(.{2,}?)给(.{1,})$/u.exec(typed)
  return match ? [match[1] ?? '', (match[2] ?? '').trim()] : [typed, '']
}
