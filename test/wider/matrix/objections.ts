import { exitStatuses } from '../../../src/cli/exit-codes.js'
import type { MatrixFault } from './faults.js'
import { changesBetween, type State } from './state.js'
import { deadlineMs, type Ended } from './way.js'

interface Told {
  readonly exitCode: number
  readonly changed: readonly { readonly type: string; readonly id: string }[]
  readonly error: Problem | null
  readonly result: { readonly steps?: readonly { readonly failure?: Problem | null }[] } | null
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string | null
}

/** undefined: stdout is not one document. */
function told({ stdout }: Ended): Told | undefined {
  try {
    return JSON.parse(stdout)
  } catch {
    return undefined
  }
}

/** What a run said that went wrong, for a person who looks into it. */
export const errorIn = (ran: Ended) =>
  JSON.stringify(told(ran)?.error ?? ran.stdout.slice(0, 200)).slice(0, 500)

/** What a fault of AWS or of the network may end with: nothing was not found, and nobody was signed out. */
const failing = [0, 1, 3, 8, 9]
/** Where the preflight may not look, AWS itself refuses what it would have found. */
const refusing = [...failing, 6]

/** Nobody is left whom AWS would answer; what was seen until then may be enough for an answer. */
const signedOut = [0, 4]

/** Whatever happens: an exit code of the table, in time, and one document that says the same. */
export function objectionsTo(ran: Ended, fault: MatrixFault): readonly string[] {
  const document = told(ran)
  if (document === undefined) return [`stdout is not one JSON document: ${ran.stdout.slice(0, 100)}`]
  const { error } = document
  const allowed = fault.name.startsWith('access denied')
    ? refusing
    : fault.reach === 'all'
      ? signedOut
      : failing
  return [
    ...(exitStatuses.some(({ code }) => code === ran.code) ? [] : [`exit ${ran.code} is not in the table`]),
    ...(document.exitCode === ran.code
      ? []
      : [`it says exit ${document.exitCode}, and ends with ${ran.code}`]),
    ...((error === null) === (ran.code === 0)
      ? []
      : [`exit ${ran.code} with error ${JSON.stringify(error)}`]),
    ...(error?.code === 'INTERNAL' ? [`a bug: ${error.message}`] : []),
    ...(allowed.some((code) => code === ran.code) || isInDoubt(document, fault)
      ? []
      : [`exit ${ran.code}: ${errorIn(ran)}`]),
    ...(fault.absorbed && ran.code !== 0 ? [`noticed: exit ${ran.code}: ${errorIn(ran)}`] : []),
    ...(ran.elapsedMs <= deadlineMs ? [] : [`took ${ran.elapsedMs} ms`]),
  ]
}

/**
 * The answer to a change was lost, and that is what it says; where several triggers are changed, of the one that failed.
 * A mapping may then stay busy with it.
 */
const isInDoubt = ({ error, result }: Told, { harmless }: MatrixFault) =>
  !harmless &&
  [error, ...(result?.steps ?? []).map(({ failure }) => failure)].some((problem) =>
    /may have been/.test(problem?.message ?? ''),
  )

/** What it says that it changed, beside what is changed. Where the answer was lost, it may say that it does not know. */
export function accountOf(ran: Ended, before: State, after: State, fault: MatrixFault): readonly string[] {
  const document = told(ran)
  if (document === undefined) return []
  const said = new Set(
    document.changed.map(({ type, id }) => `${type} ${id.split(':event-source-mapping:').at(-1)}`),
  )
  const made = changesBetween(before, after)
  const unsaid = [...made].filter((name) => !said.has(name))
  const invented = [...said].filter((name) => !made.has(name))
  const open = isInDoubt(document, fault)
  return [
    ...(open ? [] : unsaid.map((name) => `changed and not told: ${name} (${errorIn(ran)})`)),
    ...invented.map((name) => `told and not changed: ${name}`),
  ]
}

/** Lines that one list has more often than the other. */
export function differences(wanted: readonly string[], found: readonly string[]): readonly string[] {
  const count = (list: readonly string[], line: string) => list.filter((one) => one === line).length
  return [...new Set([...wanted, ...found])]
    .filter((line) => count(wanted, line) !== count(found, line))
    .map(
      (line) => `in the end ${count(found, line)} instead of ${count(wanted, line)}: ${line.slice(0, 160)}`,
    )
}
