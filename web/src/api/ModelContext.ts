import { createContext, useContext } from 'react'
import type { ModelIndex } from './ModelIndex'
import type { Session } from './session'

export interface Workspace {
  model: ModelIndex
  session: Session
}

export const WorkspaceContext = createContext<Workspace | null>(null)

function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('used outside the signed-in workspace')
  return workspace
}

export const useModel = () => useWorkspace().model
export const useSession = () => useWorkspace().session
