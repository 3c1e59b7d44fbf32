import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import type { MadeStack } from './state.js'

/** Appends what happened to a stack or to one of its resources; the state of a stack is that of its last event. */
export function tell(
  { world }: Call,
  stack: MadeStack,
  status: string,
  about: {
    readonly logicalId?: string
    readonly type?: string
    readonly physicalId?: string
    readonly reason?: string
  } = {},
): void {
  const { logicalId = stack.name, type = 'AWS::CloudFormation::Stack', reason } = about
  const physicalId = about.physicalId ?? (about.logicalId === undefined ? stack.id : '')
  stack.events.push({
    id: `${logicalId}-${status}-${randomUUID()}`,
    ...{ logicalId, physicalId, type, status, reason, time: world.clock.now() },
  })
  if (about.logicalId !== undefined) return
  stack.status = status
  stack.statusReason = reason
}

/** By name or by id; one that was deleted is found by its id alone. */
export function lookUpStack({ world, principal, region }: Call, nameOrId: string): MadeStack | undefined {
  return [...world.madeStacks.values()].find(
    ({ id, name, account, region: where, status }) =>
      account === principal.account &&
      where === region &&
      (id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE')),
  )
}

/** Throws the ValidationError that CloudFormation answers for a stack that it does not know. */
export function findStack(call: Call, nameOrId: string): MadeStack {
  const stack = lookUpStack(call, nameOrId)
  if (stack) return stack
  throw new AwsFault('ValidationError', `Stack with id ${nameOrId} does not exist`)
}

/** What a request about a stack asks for: an id that nobody knows yet is any. */
export function onStack(action: string, nameOrId: string | undefined, call: Call) {
  const { world, region, principal } = call
  const any = `arn:${world.partition}:cloudformation:${region}:${principal.account}:stack`
  const id = nameOrId === undefined ? undefined : lookUpStack(call, nameOrId)?.id
  const named = nameOrId?.startsWith('arn:') ? nameOrId : `${any}/${nameOrId ?? '*'}/*`
  return [{ action: `cloudformation:${action}`, resource: id ?? (nameOrId === undefined ? '*' : named) }]
}

/** What goes on by itself after the answer: nobody hangs up on it. */
export function afterAnswer({ connection: _, ...call }: Call): Call {
  return call
}
