/** What the page of a record shows after its first look, in one file. */
export { DropFiles } from './files/DropFiles'
export { Files } from './files/Files'
export { Timeline } from './timeline/Timeline'
