import type { SqsTriggerError } from '../errors.js'
import type { OperationEvent } from '../operations/events.js'
import type { Finding } from '../preflight/finding.js'
import type { Outcome } from './outcome.js'
import { fill, type Page, pageOn, shown } from './page.js'
import { openPalette } from './palette.js'
import { askingAws, type Reporter } from './reporter.js'
import type { Output, Streams } from './streams.js'
import { afterwards } from './text/afterwards.js'
import { answerLines } from './text/answer.js'
import { doneWords } from './text/change-words.js'
import { commandLines, isCommand } from './text/command-lines.js'
import { drainingLines, drainingText } from './text/draining.js'
import { failureLines } from './text/failure-lines.js'
import { findingLines } from './text/finding-lines.js'
import { identityLines } from './text/identity.js'
import { logEntryLines } from './text/log-entry-lines.js'
import { marked } from './text/marked.js'
import { pendingLines, pendingText } from './text/pending.js'
import { plannedLines } from './text/planned-lines.js'
import { openProgress } from './text/progress.js'
import { auditText, fleetText, stepText } from './text/progress-text.js'
import { hopLines } from './text/proof.js'
import { movingLines, movingText } from './text/redrive-lines.js'
import { silentMs, watchSilence } from './text/silence.js'
import { stackEventLines } from './text/stack-event-lines.js'
import { waitingLines, waitingText } from './text/waiting.js'
import { openWatch } from './text/watch-screen.js'

export interface TextChoices {
  readonly quiet: boolean
  readonly verbose: boolean
  readonly debug: boolean
  /** Milliseconds since the epoch; the clock beside the spinner runs by it. Default: the machine's. */
  readonly now?: () => number
}

/** Text for people: the answer on stdout, everything else on stderr. */
export async function openTextReporter(streams: Streams, choices: TextChoices): Promise<Reporter> {
  const { quiet, verbose, debug, now = Date.now } = choices
  const [answers, side] = await Promise.all([pageFor(streams.stdout), pageFor(streams.stderr)])
  const progress = openProgress(streams.stderr)
  const waiting = waitingLines(side)
  const draining = drainingLines(side)
  const watched = openWatch(streams.stdout, answers)
  const moving = movingLines(side)
  const pending = pendingLines(side)
  const stacked = stackEventLines(side, verbose)

  const tell = (lines: readonly string[]) => {
    if (!quiet) for (const line of lines) progress.line(line)
  }
  const working = (text: () => string) => {
    if (!quiet) progress.working(text)
  }

  // A log gets lines; on a terminal the spinner shows that time goes by.
  const silence = quiet || streams.stderr.animate ? undefined : watchSilence(side, (line) => tell([line]))
  let waitsFor = 'an answer of AWS'
  let sentAt: number | undefined
  const heard = (event: OperationEvent) => {
    if (event.type === 'message-sent') {
      waitsFor = 'the delivery'
      sentAt ??= now()
    }
    // The looks at a mapping or a queue may be 5 seconds apart, and so may the attempts with a new permission.
    const seldom = [
      'mapping-state',
      'permission-pending',
      'queue-counters',
      'move-progress',
      'stack-event',
      'log-line',
      'status-seen',
    ].includes(event.type)
    silence?.heard(waitsFor, seldom ? 3 * silentMs : silentMs, sentAt === undefined ? 0 : now() - sentAt)
  }

  // Whoever hears no spinner is told what goes on: each step once until the next question, and nothing of mere calls.
  let begun: readonly string[] = []
  const begins = (what: string) => {
    if (!side.accessible || !streams.stderr.terminal) return false
    if (what === askingAws || begun.includes(what)) return false
    begun = [...begun, what]
    return true
  }

  // A run may ask STS more than once; who acts where is said once.
  let introduced = ''
  const introduce = (lines: readonly string[]) => {
    if (introduced !== lines.join()) tell(lines)
    introduced = lines.join()
  }

  // A fix that stands with its finding is not repeated as the hint of the error that follows.
  let fixes: readonly string[] = []
  const remember = (findings: readonly Finding[]) => {
    fixes = findings.flatMap(({ fix }) => (fix ? [fix.summary, ...fix.commands.map(({ text }) => text)] : []))
  }

  const on = (event: OperationEvent) => {
    heard(event)
    switch (event.type) {
      case 'caller-identified':
        return introduce(identityLines(side, event.context))
      case 'step-started':
        return streams.stderr.animate
          ? working(stepText(side, event.what, now))
          : tell(verbose || begins(event.what) ? fill(side, shown(side, event.what), 0, 2) : [])
      case 'facts-gathered':
        return tell(verbose ? [`Asked AWS ${event.calls} times`] : [])
      case 'change-applied':
        return tell(marked(side, 'pass', doneWords(event.change, event.made)))
      case 'fleet-progress':
        return streams.stderr.animate ? working(() => fleetText(side, event)) : undefined
      case 'permission-pending':
        return streams.stderr.animate ? working(pendingText(side, event, now)) : tell(pending(event))
      case 'mapping-state':
        return streams.stderr.animate ? working(waitingText(side, event, now)) : tell(waiting(event))
      case 'queue-counters':
        return streams.stderr.animate ? working(drainingText(side, event, now)) : tell(draining(event))
      case 'move-progress':
        return streams.stderr.animate ? working(movingText(side, event, now)) : tell(moving(event))
      case 'audit-progress':
        if (streams.stderr.animate) working(() => auditText(event))
        return
      case 'stack-event':
        return tell(stacked(event))
      case 'message-sent':
        return tell(verbose ? marked(side, 'pass', `Sent message ${event.message.messageId}`) : [])
      case 'message-refused':
        return tell(
          marked(side, 'fail', `Message ${event.index + 1} was refused: ${event.code}, ${event.reason}`),
        )
      case 'proof-hop':
        return tell(hopLines(side, event.hop))
      case 'warning':
        return tell(marked(side, 'warn', event.message))
      case 'status-seen':
        progress.stop()
        return watched(event)
      case 'log-line':
        // The answer itself, and it may never end.
        progress.stop()
        for (const line of logEntryLines(answers, event.line)) streams.stdout.write(`${line}\n`)
        return
      case 'target-resolved':
      case 'rule-judged':
      case 'planned':
      case 'mapping-judged':
        return
    }
  }

  const stop = () => {
    silence?.stop()
    progress.stop()
  }

  return {
    on,
    plan: (plan) => {
      stop()
      const lines = plannedLines(side, plan, verbose)
      // Nobody is asked to agree to something unseen.
      if ('asking' in plan && plan.asking) for (const line of lines) progress.line(line)
      else tell(lines)
      if (plan.kind === 'findings') return remember(plan.findings)
      if (plan.kind !== 'wire') return
      const told = quiet ? plan.plan.blocking : plan.plan.findings
      // Why it cannot be done is the answer, and no chatter.
      if (quiet)
        for (const finding of told) for (const line of findingLines(side, finding)) progress.line(line)
      remember(told)
    },
    note: (line) => tell(noteLines(side, line)),
    detail: (line) => {
      for (const part of fill(side, shown(side, line), 0, 2)) progress.line(side.paint.faint(part))
    },
    pause: () => {
      stop()
      begun = []
    },
    finish: (outcome, ending) => {
      stop()
      if (followsSteps(outcome)) tell([''])
      for (const line of answerLines(answers, outcome, verbose)) streams.stdout.write(`${line}\n`)
      if (outcome.kind === 'preflight') remember(outcome.report.findings)
      if (outcome.kind === 'wire-plan') remember(outcome.plan.findings)
      tell(afterwards(side, outcome, verbose))
      if (outcome.error) failed(outcome.error)
      return ending
    },
    fail: (error) => {
      stop()
      failed(error)
    },
  }

  function failed(error: SqsTriggerError) {
    const told = error.hint !== undefined && fixes.includes(error.hint)
    for (const line of failureLines(side, error, { debug, hint: !told })) streams.stderr.write(`${line}\n`)
  }
}

/** Where what was done and seen stands above, a blank line shows where the answer begins. */
const followsSteps = (outcome: Outcome) =>
  outcome.kind === 'wired' ||
  outcome.kind === 'rolled-back' ||
  (outcome.kind === 'said' && outcome.next !== undefined) ||
  (outcome.kind === 'sent' && outcome.sent.proof !== null) ||
  (outcome.kind === 'status' && outcome.probe != null) ||
  (outcome.kind === 'preflight' && outcome.repairs?.some(({ outcome: end }) => told.has(end)) === true)

/** These were shown before they were made or declined. */
const told: ReadonlySet<string> = new Set(['made', 'declined'])

async function pageFor(output: Output): Promise<Page> {
  return pageOn(output, await openPalette(output.colour))
}

/** A sentence is filled, a command stays one that can be pasted. */
function noteLines(page: Page, line: string): readonly string[] {
  if (!isCommand(line)) return fill(page, shown(page, line), 0, 2)
  return commandLines(page, shown(page, line), 2).map(page.paint.command)
}
