import { openStreams } from '../../src/cli/streams.js'
import type { SqsTriggerError } from '../../src/errors.js'
import type { OperationEvent } from '../../src/operations/events.js'
import type { Outcome } from '../../src/report/outcome.js'
import type { PlanToShow } from '../../src/report/reporter.js'
import { openTextReporter } from '../../src/report/text-reporter.js'
import { fakeHost } from '../cli/fake-host.js'

export interface Choices {
  readonly columns?: number
  readonly ascii?: boolean
  readonly accessible?: boolean
  readonly color?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
}

export interface Told {
  readonly events?: readonly OperationEvent[]
  readonly plan?: PlanToShow
  readonly outcome?: Outcome
  readonly error?: SqsTriggerError
}

/** Both streams as text, one after the other: what stands where is part of the contract. */
export async function rendered(
  told: Told,
  { columns = 80, ascii = false, accessible, color, quiet = false, verbose = false }: Choices = {},
) {
  const { host, stdout, stderr } = fakeHost([], { columns })
  const streams = openStreams(host, { color, ascii, accessible, input: false })
  const reporter = await openTextReporter(streams, { quiet, verbose, debug: false, now: () => 0 })
  if (told.plan) reporter.plan(told.plan)
  for (const event of told.events ?? []) reporter.on(event)
  const ending = { exitCode: 0, exitName: 'OK' }
  if (told.outcome) reporter.finish(told.outcome, ending)
  if (told.error) reporter.fail(told.error, ending)
  return `--- stderr\n${stderr()}--- stdout\n${stdout()}`
}
