import { randomInt, randomUUID } from 'node:crypto'
import type { Call } from '../define-action.js'
import { resolve, type Scope, templateError } from './intrinsics.js'
import type { ResourceType } from './resource-type.js'
import { resourceTypes } from './resource-types.js'
import { tell } from './stack.js'
import type { MadeResource, MadeStack } from './state.js'
import { addSystemTags } from './system-tags.js'

/**
 * Makes the resources of a stack one after the other, with the rights of the caller, and takes all of them back where
 * one fails. States and reasons: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export async function createResources(stack: MadeStack, call: Call): Promise<void> {
  const { operation, template } = stack
  const overtaken = () => stack.operation !== operation
  for (const logicalId of template.order) {
    const { type } = template.resources[logicalId] ?? { type: '' }
    try {
      tell(call, stack, 'CREATE_IN_PROGRESS', { logicalId, type })
      const made = await makeResource(stack, logicalId, call)
      const about = { logicalId, type, physicalId: made.physicalId }
      tell(call, stack, 'CREATE_IN_PROGRESS', { ...about, reason: 'Resource creation Initiated' })
      await atRest(made, 'create', call)
      if (overtaken()) return
      tell(call, stack, 'CREATE_COMPLETE', about)
    } catch (error) {
      if (overtaken()) return
      tell(call, stack, 'CREATE_FAILED', { logicalId, type, reason: reasonOf(error) })
      const reason = `The following resource(s) failed to create: [${logicalId}]. Rollback requested by user.`
      return rollBack(stack, call, reason)
    }
  }
  try {
    stack.outputs = outputsOf(stack, call)
    tell(call, stack, 'CREATE_COMPLETE')
  } catch (error) {
    await rollBack(stack, call, error instanceof Error ? error.message : String(error))
  }
}

function outputsOf(stack: MadeStack, call: Call): MadeStack['outputs'] {
  const scope = scopeOf(stack, call)
  return Object.entries(stack.template.outputs).map(([key, { value, description }]) => ({
    key,
    value: String(resolve(value, scope)),
    ...(description === undefined ? {} : { description }),
  }))
}

async function rollBack(stack: MadeStack, call: Call, reason: string): Promise<void> {
  tell(call, stack, 'ROLLBACK_IN_PROGRESS', { reason })
  const kept = await removeResources(stack, call)
  if (kept !== null)
    tell(call, stack, kept.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', told(kept))
}

/** Deletes what a stack made, the last first. What cannot be deleted stays, and the stack with it. */
export async function deleteResources(stack: MadeStack, call: Call): Promise<void> {
  const kept = await removeResources(stack, call)
  if (kept === null) return
  if (kept.length === 0) stack.deletedAt = call.world.clock.now()
  tell(call, stack, kept.length === 0 ? 'DELETE_COMPLETE' : 'DELETE_FAILED', told(kept))
}

const told = (kept: readonly string[]) =>
  kept.length === 0 ? {} : { reason: `The following resource(s) failed to delete: [${kept.join(', ')}]. ` }

/** The logical ids of what could not be deleted; null: another operation took over. */
async function removeResources(stack: MadeStack, call: Call): Promise<readonly string[] | null> {
  const { operation } = stack
  const kept: string[] = []
  for (const resource of [...stack.made.values()].reverse()) {
    const { logicalId, type, physicalId } = resource
    try {
      tell(call, stack, 'DELETE_IN_PROGRESS', { logicalId, type, physicalId })
      await typeOf(type).delete(resource, call)
      await atRest(resource, 'delete', call)
      if (stack.operation !== operation) return null
      stack.made.delete(logicalId)
      call.world.stacks.delete(physicalId)
      tell(call, stack, 'DELETE_COMPLETE', { logicalId, type, physicalId })
    } catch (error) {
      kept.push(logicalId)
      tell(call, stack, 'DELETE_FAILED', { logicalId, type, physicalId, reason: reasonOf(error) })
    }
  }
  return kept
}

async function makeResource(stack: MadeStack, logicalId: string, call: Call): Promise<MadeResource> {
  const { type, properties: written } = stack.template.resources[logicalId] ?? { type: '', properties: {} }
  // Objects stay objects: their functions alone are replaced.
  const properties = resolve(written, scopeOf(stack, call)) as Readonly<Record<string, unknown>>
  const generated = `${stack.name}-${logicalId}-${randomName()}`
  const made = { logicalId, type, properties, ...(await typeOf(type).create(properties, generated, call)) }
  stack.made.set(logicalId, made)
  addSystemTags(stack, made, call)
  const { name: stackName, account, region } = stack
  call.world.stacks.set(made.physicalId, { stackName, logicalId, type, account, region })
  return made
}

/** Every resource takes its time; some go on by themselves after that, and are asked. */
async function atRest(made: MadeResource, after: 'create' | 'delete', call: Call): Promise<void> {
  const { clock, delays } = call.world
  const pause = (ms: number) => new Promise<void>((done) => void clock.after(ms, done))
  if (delays.stackResource > 0) await pause(delays.stackResource)
  while ((await typeOf(made.type).settled?.(made, after, call)) === false) await pause(100)
}

function typeOf(name: string): ResourceType {
  const type = resourceTypes.get(name)
  if (type) return type
  throw templateError(`the sandbox does not make resources of type ${name}`)
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
function scopeOf(stack: MadeStack, { world, region }: Call): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::Region': region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': world.partition,
    'AWS::URLSuffix': world.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  }
  return {
    ref: (name) => {
      const value = stack.template.parameters[name]?.value ?? stack.made.get(name)?.physicalId ?? pseudo[name]
      if (value !== undefined) return value
      throw templateError(`nothing is called ${name}`)
    },
    getAtt: (id, attribute) => {
      const value = stack.made.get(id)?.attributes[attribute]
      if (value !== undefined) return value
      throw templateError(`${id} has no attribute ${attribute} here`)
    },
  }
}

/** As CloudFormation hands on what a service answered: its words, then the request. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: GeneralServiceException)`
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomName = () => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
