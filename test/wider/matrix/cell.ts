import type { ChildProcess } from 'node:child_process'
import type { MatrixCommand } from './commands.js'
import type { MatrixFault } from './faults.js'
import type { NumberedCall } from './numbered-calls.js'
import { accountOf, differences, errorIn, objectionsTo } from './objections.js'
import type { Stage } from './stage.js'
import { changesBetween, comparable, kindsOf, messagesIn, stateOf } from './state.js'
import { type Ended, moved, processes, runProcess, type Way } from './way.js'

/** How a command goes without any fault. */
export interface Baseline {
  readonly calls: readonly NumberedCall[]
  readonly changes: ReadonlySet<string>
  /** What exists in the end, without what differs from run to run. */
  readonly end: readonly string[]
}

export function baselineOf(command: MatrixCommand): Promise<Baseline> {
  return onStage(command, moved, async (stage) => {
    stage.calls.begin()
    const before = stateOf(stage.sandbox.world)
    const { code } = await moved.run(stage, command.args(stage))
    if (code !== 0) throw new Error(`${command.name} ends with ${code} where nothing goes wrong`)
    if (stage.calls.numbered().length < 5) throw new Error(`no calls of ${command.name} were seen`)
    const changes = kindsOf(changesBetween(before, stateOf(stage.sandbox.world)))
    return { calls: stage.calls.numbered(), changes, end: await comesTo(stage) }
  })
}

async function onStage<Result>(
  { prepare }: MatrixCommand,
  way: Way,
  act: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const stage = await way.open()
  try {
    await prepare(stage)
    return await act(stage)
  } finally {
    await stage.close()
  }
}

/** What exists once everything that is under way has come to its end. */
export async function comesTo({ sandbox }: Stage): Promise<readonly string[]> {
  for (let n = 0; n < 6; n += 1) {
    await sandbox.advance(30_000)
    await sandbox.settled()
  }
  const left = Object.entries(messagesIn(sandbox.world)).filter(([, count]) => count > 0)
  return [
    ...comparable(stateOf(sandbox.world)),
    ...left.map(([queue, count]) => `${count} messages in ${queue}`),
  ]
}

/** Makes one call of a command go wrong, and then runs it again with nothing in its way. Returns what there is to object to. */
export function tryFault(
  command: MatrixCommand,
  call: NumberedCall,
  fault: MatrixFault,
  baseline: Baseline,
  way: Way,
): Promise<readonly string[]> {
  return onStage(command, way, async (stage) => {
    const before = stateOf(stage.sandbox.world)
    const effect = ({ service }: NumberedCall) => fault.effect(service, way.slowMs)
    stage.calls.begin({ call, reach: fault.reach, effect })
    const ran = await way.run(stage, command.args(stage))
    const after = stateOf(stage.sandbox.world)
    return [
      ...(stage.calls.hits() > 0 || isOver(ran, call, stage, way) ? [] : ['the fault hit nothing']),
      ...objectionsTo(ran, fault),
      ...accountOf(ran, before, after, fault),
      ...foreign(kindsOf(changesBetween(before, after)), baseline),
      ...(await again(command, stage, baseline, way)),
    ]
  })
}

/** When a process is killed: before AWS has done anything about the call, or when it has. */
export type Moment = 'before' | 'after'

/** Kills the process at a call, and then runs the command again. */
export function tryKill(
  command: MatrixCommand,
  call: NumberedCall,
  moment: Moment,
  baseline: Baseline,
): Promise<readonly string[]> {
  return onStage(command, processes, async (stage) => {
    const before = stateOf(stage.sandbox.world)
    let child: ChildProcess | undefined
    const effect = () => {
      child?.kill('SIGKILL')
      return moment === 'before' ? ({ kind: 'hang' } as const) : undefined
    }
    stage.calls.begin({ call, reach: 'once', effect })
    const ran = await runProcess(stage, command.args(stage), (started) => {
      child = started
    })
    await stage.sandbox.settled()
    const well = ran.code === null || isOver(ran, call, stage, processes)
    return [
      ...(well ? [] : [`it was not killed: exit ${ran.code}`]),
      ...foreign(kindsOf(changesBetween(before, stateOf(stage.sandbox.world))), baseline),
      ...(await again(command, stage, baseline, processes)),
    ]
  })
}

/** It was done before it looked so often again; what it looked at was met several times all the same. */
const isOver = ({ code }: Ended, { service, operation }: NumberedCall, { calls }: Stage, { steady }: Way) =>
  !steady &&
  code === 0 &&
  calls.numbered().filter((one) => one.service === service && one.operation === operation).length > 2

const foreign = (kinds: ReadonlySet<string>, { changes }: Baseline) =>
  [...kinds].filter((kind) => !changes.has(kind)).map((kind) => `changed what it should not: ${kind}`)

async function again(
  { args, again: done }: MatrixCommand,
  stage: Stage,
  { end }: Baseline,
  way: Way,
): Promise<readonly string[]> {
  stage.calls.begin()
  const ran: Ended = await way.run(stage, args(stage))
  const well = ran.code === 0 || ran.code === done
  return [
    ...(well ? [] : [`again: exit ${ran.code} ${errorIn(ran)}`]),
    ...differences(end, await comesTo(stage)),
    ...stage.sandbox
      .calls()
      .flatMap(({ problem }) => (problem === undefined ? [] : [`the sandbox: ${problem}`])),
  ]
}
