import { AwsFault } from '../aws-fault.js'
import { integer, structure, text, textMap, texts } from '../members.js'
import type { RawInput } from '../raw-input.js'

/** Configuration of a function, as CreateFunction and UpdateFunctionConfiguration take it. */
export interface FunctionSettings {
  readonly roleArn: string
  /** `file.export`; for code by path only the export counts. */
  readonly handler: string
  /** e.g. `nodejs24.x` */
  readonly runtime: string
  readonly description: string
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly environment: Readonly<Record<string, string>> | undefined
  readonly architectures: readonly string[]
  readonly ephemeralStorageMb: number
  readonly logging: LoggingSettings
  /** Members that the sandbox keeps and shows, and that change nothing here, by their API name. */
  readonly shown: Readonly<Record<string, unknown>>
}

interface LoggingSettings {
  readonly format: 'Text' | 'JSON'
  readonly group: string
  readonly applicationLevel: string | undefined
  readonly systemLevel: string | undefined
}

/** What tools look at although the sandbox does not act on it. */
const shownMembers = [
  'VpcConfig',
  'DeadLetterConfig',
  'KMSKeyArn',
  'TracingConfig',
  'FileSystemConfigs',
  'SnapStart',
  'TenancyConfig',
  'CapacityProviderConfig',
  'DurableConfig',
] as const

const maximumTimeoutSeconds = 900

/** Every invocation must name a tenant. */
export const isTenantIsolated = ({ settings }: { readonly settings: FunctionSettings }): boolean =>
  structure(settings.shown, 'TenancyConfig')?.TenantIsolationMode === 'PER_TENANT'

/** Settings of a new function, AWS’s defaults filled in. */
export function newSettings(functionName: string, given: Partial<FunctionSettings>): FunctionSettings {
  return {
    roleArn: '',
    handler: 'index.handler',
    // What is exported is checked by tools that object to a runtime that ends: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
    runtime: 'nodejs24.x',
    description: '',
    timeoutSeconds: 3,
    memoryMb: 128,
    environment: undefined,
    architectures: ['x86_64'],
    ephemeralStorageMb: 512,
    logging: {
      format: 'Text',
      group: `/aws/lambda/${functionName}`,
      applicationLevel: undefined,
      systemLevel: undefined,
    },
    shown: {},
    ...given,
  }
}

/** The settings that a request gives; what it leaves out is not in the answer. */
export function readSettings(raw: RawInput, functionName: string): Partial<FunctionSettings> {
  const environment = structure(raw, 'Environment')
  const storage = structure(raw, 'EphemeralStorage')
  const logging = structure(raw, 'LoggingConfig')
  return withoutMissing({
    roleArn: text(raw, 'Role'),
    handler: text(raw, 'Handler'),
    runtime: text(raw, 'Runtime'),
    description: text(raw, 'Description'),
    timeoutSeconds: inRange(integer(raw, 'Timeout'), 'timeout', 1, maximumTimeoutSeconds),
    memoryMb: inRange(integer(raw, 'MemorySize'), 'memorySize', 128, 10_240),
    environment: environment && (textMap(environment, 'Variables') ?? {}),
    architectures: texts(raw, 'Architectures'),
    ephemeralStorageMb: storage && integer(storage, 'Size'),
    logging: logging && readLogging(logging, functionName),
    shown: Object.fromEntries(shownMembers.flatMap((name) => (raw[name] == null ? [] : [[name, raw[name]]]))),
  })
}

function readLogging(raw: RawInput, functionName: string): LoggingSettings {
  return {
    format: text(raw, 'LogFormat') === 'JSON' ? 'JSON' : 'Text',
    group: text(raw, 'LogGroup') ?? `/aws/lambda/${functionName}`,
    applicationLevel: text(raw, 'ApplicationLogLevel'),
    systemLevel: text(raw, 'SystemLogLevel'),
  }
}

type Given<Settings> = { [Name in keyof Settings]?: Exclude<Settings[Name], undefined> }

function withoutMissing<Settings extends object>(settings: Settings): Given<Settings> {
  // Object.entries forgets the member types; only members without a value are left out.
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Given<Settings>
}

function inRange(value: number | undefined, member: string, lowest: number, highest: number) {
  if (value === undefined || (value >= lowest && value <= highest)) return value
  const bound = value < lowest ? `greater than or equal to ${lowest}` : `less than or equal to ${highest}`
  throw new AwsFault(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
    // The form is recorded for other members; the upper bound of Timeout depends on the kind of function.
    { recorded: false },
  )
}
