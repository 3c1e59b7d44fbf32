import { randomUUID } from 'node:crypto'
import {
  CreateStackCommand,
  type CreateStackInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import type { CreateStack, DeleteStack } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Stack, StackEvent, StackResource } from '../stack.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

const cloudFormationOf = ({ cloudFormation }: Clients) => {
  if (cloudFormation === undefined) throw new SqsTriggerError('AWS_FAILED', 'CloudFormation was not asked.')
  return cloudFormation()
}

const calling = (operation: string) => ({ service: 'cloudformation', operation })

/** The request of a creation: roles are made, which the caller has to acknowledge. */
const createStackInput = (change: CreateStack): CreateStackInput => ({
  StackName: change.name,
  TemplateBody: change.template,
  Capabilities: ['CAPABILITY_IAM'],
  Parameters: Object.entries(change.parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  })),
})

/**
 * Asks for a stack; CloudFormation goes on by itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 * @throws SqsTriggerError ACCESS_DENIED, CONFLICT where the name is taken, REJECTED_BY_AWS
 */
export async function createStack(clients: Clients, change: CreateStack): Promise<void> {
  // A repeated request is then the same one, not a second stack of a taken name.
  const command = new CreateStackCommand({ ...createStackInput(change), ClientRequestToken: randomUUID() })
  try {
    await send(clients, calling('CreateStack'), async () => (await cloudFormationOf(clients)).send(command))
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.aws?.code !== 'AlreadyExistsException') throw error
    const message = `There is a stack ${change.name} already: somebody made it just now.`
    throw new SqsTriggerError('CONFLICT', message, { aws: error.aws, cause: error })
  }
}

/**
 * Asks for the end of a stack and of all that it made; CloudFormation goes on by itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 * @throws SqsTriggerError ACCESS_DENIED, REJECTED_BY_AWS
 */
export async function deleteStack(clients: Clients, { stackId }: DeleteStack): Promise<void> {
  const command = new DeleteStackCommand({ StackName: stackId })
  await send(clients, calling('DeleteStack'), async () => (await cloudFormationOf(clients)).send(command))
}

/**
 * One stack by name or id; null: there is none. One that was deleted is found by its id alone.
 * @throws SqsTriggerError ACCESS_DENIED, AWS_FAILED
 */
export async function readStack(clients: Clients, nameOrId: string): Promise<Stack | null> {
  const command = new DescribeStacksCommand({ StackName: nameOrId })
  const read = async () => (await cloudFormationOf(clients)).send(command)
  try {
    const { Stacks = [] } = await send(clients, calling('DescribeStacks'), read)
    const [stack] = Stacks
    if (stack === undefined) return null
    const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? ''])
    return {
      id: stack.StackId ?? nameOrId,
      name: stack.StackName ?? nameOrId,
      status: stack.StackStatus ?? 'UNKNOWN',
      description: stack.Description ?? null,
      outputs: Object.fromEntries(outputs),
    }
  } catch (error) {
    // CloudFormation has no code of its own for it.
    const gone = /does not exist/.test(error instanceof SqsTriggerError ? (error.aws?.message ?? '') : '')
    if (gone) return null
    throw error
  }
}

/**
 * Events of a stack, newest first, up to the first that `until` takes: that one is the last of the list.
 * @throws SqsTriggerError ACCESS_DENIED, AWS_FAILED
 */
export async function readStackEvents(
  clients: Clients,
  stackId: string,
  until: (event: StackEvent) => boolean,
): Promise<readonly StackEvent[]> {
  const events: StackEvent[] = []
  let NextToken: string | undefined
  do {
    const command = new DescribeStackEventsCommand({
      StackName: stackId,
      ...(NextToken === undefined ? {} : { NextToken }),
    })
    const read = async () => (await cloudFormationOf(clients)).send(command)
    const page = await send(clients, calling('DescribeStackEvents'), read)
    for (const event of page.StackEvents ?? []) {
      const told = {
        id: event.EventId ?? '',
        time: event.Timestamp?.toISOString() ?? '',
        resource: event.LogicalResourceId ?? '',
        resourceType: event.ResourceType ?? '',
        physicalId: event.PhysicalResourceId || null,
        status: event.ResourceStatus ?? '',
        reason: event.ResourceStatusReason ?? null,
      }
      events.push(told)
      if (until(told)) return events
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return events
}

/**
 * What a stack made and still has.
 * @throws SqsTriggerError ACCESS_DENIED, AWS_FAILED
 */
export async function readStackResources(
  clients: Clients,
  stackId: string,
): Promise<readonly StackResource[]> {
  const command = new DescribeStackResourcesCommand({ StackName: stackId })
  const read = async () => (await cloudFormationOf(clients)).send(command)
  const { StackResources = [] } = await send(clients, calling('DescribeStackResources'), read)
  return StackResources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE').map((one) => ({
    resource: one.LogicalResourceId ?? '',
    resourceType: one.ResourceType ?? '',
    physicalId: one.PhysicalResourceId || null,
  }))
}
