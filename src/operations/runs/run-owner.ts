import type { FunctionHandle } from '../../aws/lambda-function.js'

/** Who wrote to a log stream; null: its name does not tell. */
interface StreamOwner {
  readonly functionName: string | null
  readonly version: string | null
}

/** `YYYY/MM/DD/[<version>]<environment>`, or `YYYY/MM/DD/<function>[<version>]<environment>` in a group of one's own. */
const lambdaStream = /^\d{4}\/\d\d\/\d\d\/?([A-Za-z0-9_-]*)\[([^\]]+)\]/

/**
 * Who wrote to a log stream. A group may be that of several functions; one by Lambda's own name holds those of others
 * under their names.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
function ownerOf(stream: string, logGroup: string): StreamOwner {
  const [, named, version = null] = lambdaStream.exec(stream) ?? []
  if (version === null) return { functionName: null, version }
  const ofGroup = /^\/aws\/lambda\/([A-Za-z0-9_-]+)$/.exec(logGroup)?.[1] ?? null
  return { functionName: named || ofGroup, version }
}

/** A function as a mapping calls it. */
export interface CalledFunction {
  readonly handle: FunctionHandle
  /** The version that the alias stands for, or that is named; undefined: nobody said. */
  readonly version: string | undefined
  readonly logGroup: string
}

/** Whether a run was one of a function: `unsure` where neither the log stream nor the run's first line tells. */
export function whose(
  { stream, version }: { readonly stream?: string; readonly version?: string },
  called: CalledFunction,
): 'own' | 'other' | 'unsure' {
  const owner = ownerOf(stream ?? '', called.logGroup)
  if (owner.functionName !== null && owner.functionName !== called.handle.name) return 'other'
  const fits = versionFits(version ?? owner.version, called)
  if (fits === 'other' || owner.functionName !== null) return fits
  return 'unsure'
}

/** Who ran, as people call it: `slow`, or `worker, version 3`. */
export function runnerOf(
  { stream, version }: { readonly stream?: string; readonly version?: string },
  { handle, logGroup }: CalledFunction,
): string {
  const owner = ownerOf(stream ?? '', logGroup)
  const name = owner.functionName ?? 'a function'
  const ran = version ?? owner.version
  return name !== handle.name || ran === null ? name : `${name}, version ${ran}`
}

function versionFits(seen: string | null, { handle, version }: CalledFunction): 'own' | 'other' | 'unsure' {
  const { qualifier = '$LATEST' } = handle
  const named = qualifier === '$LATEST' || /^\d+$/.test(qualifier)
  const expected = named ? qualifier : version
  if (seen === null || expected === undefined) return 'unsure'
  if (seen === expected) return 'own'
  // An alias may send a share of its runs to another published version, or have been moved meanwhile.
  // https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
  return !named && seen !== '$LATEST' && expected !== '$LATEST' ? 'unsure' : 'other'
}
