import type { Api, Row } from './api'
import { fresh } from './test'

/** A pipeline whose second stage asks for fields, and a deal at its first. */
export async function askingFor(api: Api, fields: string[]): Promise<{ pipeline: Row; second: Row; deal: Row }> {
  const pipeline = await api.send('POST', 'pipelines', { name: fresh('Asks') })
  const stage = (name: string, position: number, more: object = {}) =>
    api.send('POST', 'stages', { pipeline: pipeline.id, name, kind: 'open', position, probability: 20, ...more })
  const first = await stage('First', 1)
  const second = await stage('Second', 2, { entry_fields: fields })
  const deal = await api.send('POST', 'deals', { name: fresh('Asked'), stage: first.id })
  return { pipeline, second, deal }
}
