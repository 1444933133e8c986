/** What the page of a record shows of activities: it all comes with the page, in one file. */
export { ActivityCard } from './ActivityCard'
export { Composer } from './Composer'
export { NextStep } from './NextStep'
export { PinnedNotes } from './PinnedNotes'
