import { useParams } from '@tanstack/react-router'
import { useModel } from '../api/ModelContext'
import { ObjectPage } from '../objects/list/ObjectPage'
import { NotFound } from './NotFound'
import { useTitle } from './useTitle'

export function ListRoute() {
  const { path } = useParams({ from: '/workspace/o/$path' })
  const object = useModel().byPath(path)
  useTitle(object?.label_plural)
  return object ? <ObjectPage key={object.name} object={object} /> : <NotFound />
}
