import { fileOf } from '../../kit/later'

export const later = fileOf(() => import('./later'))
