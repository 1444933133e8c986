/** What the page of a deal has beside that of any record, in one file. */
export { BuyingRoles } from './BuyingRoles'
export { DealBanner } from './DealBanner'
export { AmountNote } from './lines/AmountNote'
