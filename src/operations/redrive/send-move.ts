import { mayHaveBeenDone } from '../../aws/lost-answer.js'
import { readMoveTasks } from '../../aws/move-tasks.js'
import type { Change, ChangeMade } from '../../change.js'
import { clockSkewMs } from '../../clock.js'
import { applyChange } from '../apply-change.js'
import type { Session } from '../session.js'

/**
 * SQS takes one move at a time. Where the answer to ours was lost, the SDK asks again by itself and is refused, because
 * ours runs. The plan has seen no other that runs, so that one of the last minutes is ours.
 */
export async function sendMove(change: Change, session: Session): Promise<ChangeMade> {
  const began = session.clock.now()
  try {
    return await applyChange(change, session)
  } catch (error) {
    if (change.type !== 'message-move' || change.action !== 'start' || !mayHaveBeenDone(error)) throw error
    const [task] = await readMoveTasks(session.clients, change.sourceArn).catch(() => [])
    const isOurs = task?.startedAt && Date.parse(task.startedAt) >= began - clockSkewMs
    if (!isOurs) throw error
    return { action: 'start', type: 'message-move', id: change.sourceArn, undo: '' }
  }
}
