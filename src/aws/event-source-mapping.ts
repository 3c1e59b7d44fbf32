import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import { parseArn } from '../arn.js'
import type { CreateMapping } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import { limits } from '../limits.js'
import type { Mapping } from '../mapping.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'
import type { FailedCall } from './translate-error.js'

/**
 * Reads one mapping.
 * @throws SqsTriggerError MAPPING_NOT_FOUND when there is none, or when it reads from something else than SQS.
 */
export async function getMapping(clients: Clients, uuid: string, signal?: AbortSignal): Promise<Mapping> {
  const read = () => clients.lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }), during(signal))
  const found = toMapping(await callLambda(clients, 'GetEventSourceMapping', read, signal))
  if (found) return found
  throw new SqsTriggerError(
    'MAPPING_NOT_FOUND',
    `Event source mapping ${uuid} does not read from an SQS queue.`,
    {
      hint: 'sqs-trigger list',
    },
  )
}

export interface MappingFilter {
  readonly queueArn?: string
  /** Name or ARN. Whether an unqualified one also finds mappings to aliases is not documented. */
  readonly functionName?: string
}

/**
 * Yields the SQS mappings page by page, of one queue when `queueArn` is given. A page may be empty. AWS returns
 * at most 100 a page, whatever is asked for, and answers an unknown queue with an empty list.
 */
export async function* listMappingPages(
  clients: Clients,
  filter: MappingFilter,
  signal?: AbortSignal,
): AsyncGenerator<readonly Mapping[], void, void> {
  let marker: string | undefined
  do {
    const command = new ListEventSourceMappingsCommand({
      EventSourceArn: filter.queueArn,
      FunctionName: filter.functionName,
      Marker: marker,
    })
    const read = () => clients.lambda.send(command, during(signal))
    const page = await callLambda(clients, 'ListEventSourceMappings', read, signal)
    yield (page.EventSourceMappings ?? []).map(toMapping).filter((mapping) => mapping !== null)
    marker = page.NextMarker || undefined
  } while (marker !== undefined)
}

/** The mapping's own tags: no answer about a mapping carries them. */
export async function readMappingTags(
  clients: Clients,
  mappingArn: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const read = () => clients.lambda.send(new ListTagsCommand({ Resource: mappingArn }), during(signal))
  return (await callLambda(clients, 'ListTags', read, signal)).Tags ?? {}
}

/**
 * Creates the mapping. The signal is left out on purpose: a request that was cut off may have been carried out,
 * and then nobody could say what exists.
 */
export async function createMapping(clients: Clients, change: CreateMapping): Promise<Mapping> {
  const create = () => clients.lambda.send(new CreateEventSourceMappingCommand(createMappingInput(change)))
  const about = { queue: change.queueArn, function: change.functionArn }
  const configuration = await callLambda(clients, 'CreateEventSourceMapping', create, undefined, about)
  const mapping = toMapping(configuration)
  if (mapping) return mapping
  throw answeredWithout(clients, 'Lambda', 'a mapping')
}

/** Asks AWS to delete the mapping, and returns it as AWS last knew it (null: AWS did not say). Not cut off by a signal, as above. */
export async function deleteMapping(clients: Clients, uuid: string): Promise<Mapping | null> {
  const remove = () => clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }))
  return toMapping(await callLambda(clients, 'DeleteEventSourceMapping', remove))
}

/**
 * The request that creates the mapping: what `--dry-run` shows. A setting that was not asked for is left out, so
 * that AWS's default holds.
 */
export function createMappingInput({
  queueArn,
  functionArn,
  settings,
}: CreateMapping): CreateEventSourceMappingCommandInput {
  const { minimumPollers, maximumPollers } = settings
  const provisioned = minimumPollers !== undefined || maximumPollers !== undefined
  const input: CreateEventSourceMappingCommandInput = {
    EventSourceArn: queueArn,
    FunctionName: functionArn,
    Enabled: settings.enabled,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchWindowSeconds,
    ScalingConfig:
      settings.maxConcurrency === undefined ? undefined : { MaximumConcurrency: settings.maxConcurrency },
    ProvisionedPollerConfig: provisioned
      ? present({ MinimumPollers: minimumPollers, MaximumPollers: maximumPollers })
      : undefined,
    FunctionResponseTypes: settings.reportBatchItemFailures ? ['ReportBatchItemFailures'] : undefined,
    FilterCriteria: settings.filters?.length
      ? { Filters: settings.filters.map((Pattern) => ({ Pattern })) }
      : undefined,
    MetricsConfig: settings.eventCountMetrics ? { Metrics: ['EventCount'] } : undefined,
    Tags: settings.tags,
  }
  return present(input)
}

/** null: not a mapping of an SQS queue. Defaults stand in for what simpler endpoints than AWS leave out. */
export function toMapping(configuration: EventSourceMappingConfiguration): Mapping | null {
  const { UUID: uuid, EventSourceArn: queueArn, FunctionArn: functionArn } = configuration
  if (!uuid || !queueArn || !functionArn || parseArn(queueArn)?.service !== 'sqs') return null
  const filters = configuration.FilterCriteria?.Filters?.map(({ Pattern }) => Pattern ?? '')
  // A list withholds filters that are encrypted with a customer key; only Get decrypts them.
  const withheld = filters === undefined && configuration.KMSKeyArn
  return present<Mapping>({
    uuid,
    arn: configuration.EventSourceMappingArn,
    queueArn,
    functionArn,
    state: configuration.State ?? 'unknown',
    stateTransitionReason: configuration.StateTransitionReason,
    lastModified: configuration.LastModified?.toISOString(),
    filterKeyArn: configuration.KMSKeyArn,
    batchSize: configuration.BatchSize ?? limits.batchSizeDefault.value,
    batchWindowSeconds: configuration.MaximumBatchingWindowInSeconds ?? limits.batchWindowMinimum.value,
    maxConcurrency: configuration.ScalingConfig?.MaximumConcurrency,
    minimumPollers: configuration.ProvisionedPollerConfig?.MinimumPollers,
    maximumPollers: configuration.ProvisionedPollerConfig?.MaximumPollers,
    reportBatchItemFailures:
      configuration.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    filters: withheld ? undefined : (filters ?? []),
    eventCountMetrics: configuration.MetricsConfig?.Metrics?.includes('EventCount') ?? false,
  })
}

export async function callLambda<Output>(
  clients: Clients,
  operation: string,
  run: () => Promise<Output>,
  signal?: AbortSignal,
  about: Pick<FailedCall, 'queue' | 'function'> = {},
): Promise<Output> {
  try {
    return await send(clients, { service: 'Lambda', operation, ...about }, run)
  } catch (error) {
    // The SDK's AbortError says nothing; the reason says who stopped it.
    if (signal?.aborted) throw signal.reason
    throw error
  }
}

const during = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {})

type Loose<Shape> = { readonly [Key in keyof Shape]: Shape[Key] | undefined }

/** Leaves out members that are undefined, so that "not there" has one form. */
function present<Shape extends object>(loose: Loose<Shape>): Shape {
  // Object.entries loses the member types that `Loose` has just guaranteed.
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined)) as Shape
}
