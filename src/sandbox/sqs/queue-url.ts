import { AwsFault } from '../aws-fault.js'
import type { Call, RequiredPermission } from '../define-action.js'
import { text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { missingParameter, queueDoesNotExist } from './refusals.js'
import type { Queue } from './state.js'

/** Most actions address a queue and nothing else. */
export interface QueueInput {
  readonly queueUrl: string
}

export function readQueueUrl(raw: RawInput): string {
  const url = text(raw, 'QueueUrl')
  if (!url) throw missingParameter('QueueUrl')
  return url
}

/**
 * Account and name stand in the path of a queue URL; the host may be any, and the Region is the one that the
 * request is signed for. Throws InvalidAddress for what is no queue URL.
 */
function readAddress(queueUrl: string, { region, world }: Call) {
  const path = URL.canParse(queueUrl) ? new URL(queueUrl).pathname : ''
  const [, account, name] = /^\/(\d{12})\/([^/]+)$/.exec(path) ?? []
  if (account === undefined || name === undefined) {
    throw new AwsFault('InvalidAddress', `The address ${queueUrl} is not valid for this endpoint.`, {
      status: 404,
    })
  }
  return { account, name, arn: queueArn(world.partition, region, account, name) }
}

export function queueArn(partition: string, region: string, account: string, name: string): string {
  return `arn:${partition}:sqs:${region}:${account}:${name}`
}

/** The permission on the queue, whether it exists or not: SQS asks for it before it says which. */
export function needOnQueue(action: string, queueUrl: string, call: Call): readonly RequiredPermission[] {
  return [needOnArn(action, readAddress(queueUrl, call), call)]
}

export function needOnArn(
  action: string,
  { arn, account }: { readonly arn: string; readonly account: string },
  { world }: Call,
): RequiredPermission {
  const policy = world.sqs.queues.get(arn)?.settings.get('Policy')
  return {
    action: `sqs:${action}`,
    resource: arn,
    resourceAccount: account,
    ...(policy ? { resourcePolicy: policy } : {}),
  }
}

/** Throws QueueDoesNotExist. */
export function findQueue(queueUrl: string, call: Call): Queue {
  const queue = call.world.sqs.queues.get(readAddress(queueUrl, call).arn)
  if (!queue) throw queueDoesNotExist()
  return queue
}
