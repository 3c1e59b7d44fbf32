import {
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda'
import type { TagMapping, UntagMapping, UpdateMapping } from '../change.js'
import type { Mapping } from '../mapping.js'
import type { Clients } from './clients.js'
import { callLambda, toMapping } from './event-source-mapping.js'
import { answeredWithout } from './not-aws.js'

/**
 * Changes the mapping, and returns it as AWS then knows it: with the new values, in transition. Not cut off by a
 * signal, because a request that was cut off may have been carried out.
 * @param ends named in the hints, where they are known.
 */
export async function updateMapping(
  clients: Clients,
  change: UpdateMapping,
  ends?: Pick<Mapping, 'queueArn' | 'functionArn'>,
): Promise<Mapping> {
  const send = () => clients.lambda.send(new UpdateEventSourceMappingCommand(updateMappingInput(change)))
  const about = { queue: ends?.queueArn, function: change.functionArn ?? ends?.functionArn }
  const mapping = toMapping(await callLambda(clients, 'UpdateEventSourceMapping', send, undefined, about))
  if (mapping) return mapping
  throw answeredWithout(clients, 'Lambda', 'a mapping')
}

export async function tagMapping(clients: Clients, change: TagMapping): Promise<void> {
  await callLambda(clients, 'TagResource', () =>
    clients.lambda.send(new TagResourceCommand(tagMappingInput(change))),
  )
}

export async function untagMapping(clients: Clients, change: UntagMapping): Promise<void> {
  await callLambda(clients, 'UntagResource', () =>
    clients.lambda.send(new UntagResourceCommand(untagMappingInput(change))),
  )
}

export const tagMappingInput = ({ mappingArn, tags }: TagMapping) => ({
  Resource: mappingArn,
  Tags: { ...tags },
})
export const untagMappingInput = ({ mappingArn, keys }: UntagMapping) => ({
  Resource: mappingArn,
  TagKeys: [...keys],
})

/**
 * The request that changes the mapping: what `--dry-run` shows. AWS leaves a member that is missing as it is, so what
 * is to go has to be sent empty.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function updateMappingInput({
  uuid,
  settings,
  clear,
  functionArn,
}: UpdateMapping): UpdateEventSourceMappingCommandInput {
  const { batchSize, batchWindowSeconds, maxConcurrency, minimumPollers, maximumPollers } = settings
  const { enabled, reportBatchItemFailures, filters, eventCountMetrics } = settings
  const pollers = {
    ...(minimumPollers === undefined ? {} : { MinimumPollers: minimumPollers }),
    ...(maximumPollers === undefined ? {} : { MaximumPollers: maximumPollers }),
  }
  const patterns = filters?.map((Pattern) => ({ Pattern }))
  return {
    UUID: uuid,
    ...(functionArn === null ? {} : { FunctionName: functionArn }),
    ...(enabled === undefined ? {} : { Enabled: enabled }),
    ...(batchSize === undefined ? {} : { BatchSize: batchSize }),
    ...(batchWindowSeconds === undefined ? {} : { MaximumBatchingWindowInSeconds: batchWindowSeconds }),
    ...(maxConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: maxConcurrency } }),
    ...(Object.keys(pollers).length === 0 ? {} : { ProvisionedPollerConfig: pollers }),
    ...(reportBatchItemFailures === undefined
      ? {}
      : { FunctionResponseTypes: reportBatchItemFailures ? ['ReportBatchItemFailures'] : [] }),
    ...(patterns === undefined ? {} : { FilterCriteria: { Filters: patterns } }),
    ...(eventCountMetrics === undefined
      ? {}
      : { MetricsConfig: { Metrics: eventCountMetrics ? ['EventCount'] : [] } }),
    ...(clear.includes('max-concurrency') ? { ScalingConfig: {} } : {}),
    ...(clear.includes('pollers') ? { ProvisionedPollerConfig: {} } : {}),
    ...(clear.includes('filter') ? { FilterCriteria: {} } : {}),
  }
}
