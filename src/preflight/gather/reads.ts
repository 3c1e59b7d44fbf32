import type { FunctionAddress, QueueAddress } from '../../arn.js'
import type { CallerIdentity } from '../../aws/caller-identity.js'
import type { Clients } from '../../aws/clients.js'
import type { MappingFilter } from '../../aws/event-source-mapping.js'
import type { Role } from '../../aws/execution-role.js'
import type { Key } from '../../aws/key.js'
import type { LambdaFunction } from '../../aws/lambda-function.js'
import type { Queue } from '../../aws/queue.js'
import type { Mapping, MappingSettings } from '../../mapping.js'
import type { PolicyHolder } from '../access/access-question.js'
import type { BeginSimulation } from '../access/ask-simulator.js'
import type { PrincipalDocuments } from '../access/principal-documents.js'
import type { Fact } from '../fact.js'

/** What the preflight is about, names resolved. */
export interface GatherRequest {
  readonly caller: CallerIdentity
  readonly queue: QueueAddress
  readonly function: FunctionAddress
  readonly settings: MappingSettings
  readonly sendTest: boolean
  /** Body of the test message; undefined: none is going to be sent. */
  readonly testBody?: string | undefined
  /** true: example messages are to be judged by the filters. Default false. */
  readonly judgesSamples?: boolean
  /** The moment to judge conditions on dates by. */
  readonly now: Date
  /** Reads that were begun before anyone knew the caller. */
  readonly begun?: BegunReads
  /** Who tells the mappings of a queue or function. Default: Lambda is asked. */
  readonly mappingsOf?: (filter: MappingFilter) => Promise<Fact<readonly Mapping[]>>
  /** The policies of a role, where several questions share them. Default: they are read anew. */
  readonly documentsOf?: (role: PolicyHolder) => PrincipalDocuments
  /** Default: IAM's simulator. */
  readonly beginSimulation?: BeginSimulation
}

export interface FunctionReads {
  readonly lambdaFunction: Promise<Fact<LambdaFunction>>
  readonly reservedConcurrency: Promise<Fact<number | null>>
}

/** Of an end that is left out nothing was asked yet. */
export interface BegunReads {
  readonly ofFunction?: FunctionReads
  readonly ofQueue?: QueueReads
}

export interface QueueReads {
  readonly queue: Promise<Fact<Queue>>
  readonly mappings: Promise<Fact<readonly Mapping[]>>
}

/** Reads under way, for those that build on them: each waits only for what it needs. */
export interface Reads extends GatherRequest {
  readonly clients: Clients
  readonly queueFact: Promise<Fact<Queue>>
  readonly functionFact: Promise<Fact<LambdaFunction>>
  readonly roleFact: Promise<Fact<Role>>
  readonly keyFact: Promise<Fact<Key>>
  readonly mappingsFact: Promise<Fact<readonly Mapping[]>>
}
