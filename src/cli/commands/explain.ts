import { text as readAll } from 'node:stream/consumers'
import { nextCommand, shellWord } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { WireRequest } from '../../operations/requests.js'
import type { Finding } from '../../preflight/finding.js'
import type { Rule } from '../../preflight/rule.js'
import type { NextRule, RuleHere } from '../../report/explanation.js'
import type { Outcome } from '../../report/outcome.js'
import { suggest } from '../../suggest.js'
import type { CommandContext } from '../command-context.js'
import type { ConnectionChoices } from '../connection.js'
import { defineCommand } from '../define-command.js'
import { text } from '../options/options.js'
import { untilStopped } from '../until-stopped.js'
import { quoted, usageError } from '../usage-error.js'

const options = {
  queue: text({
    summary: 'name, URL or ARN of the queue that the rule is to be judged for',
    group: 'Selection',
    placeholder: 'name',
  }),
  function: text({
    summary: 'name, name:alias or ARN of the function',
    group: 'Selection',
    placeholder: 'name',
  }),
} as const

/** Queue and function, as far as they were named. */
interface Ends {
  readonly queue?: string
  readonly function?: string
}

export default defineCommand({
  name: 'explain',
  positionals: {
    what: {
      summary: 'a rule, a known error, or a pasted error in quotes; - reads it',
      free: true,
      completes: 'rule',
    },
    queue: { summary: 'judge the rule for this queue' },
    function: { summary: 'and this function' },
  },
  summary: 'Explain a rule, or an error of AWS that you paste',
  description:
    'Without an argument it lists the rules of the preflight; with the name of one it says what the rule finds and why. With a queue and a function as well it judges that rule there, and shows what mends it. A pasted error may come from CloudFormation, CDK, Terraform, aws-cli or a log; `explain errors` lists those that are known. It explains and does not judge: only what nothing is known of ends with 2. AWS is asked only where a queue and a function are named.',
  options,
  needs: { queue: ['what', 'function'], function: ['what', 'queue'] },
  examples: [
    { command: 'sqs-trigger explain', does: 'list the rules' },
    { command: 'sqs-trigger explain role-lacks-receive-message', does: 'what it finds, and why' },
    {
      command: 'sqs-trigger explain role-lacks-receive-message orders order-worker',
      does: 'is it so here, and what mends it?',
    },
    { command: "sqs-trigger explain 'Function does not exist'", does: 'a pasted error' },
    { command: 'sqs-trigger explain - < error.txt', does: 'an error of several lines' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  run: async ({ positionals }, context) => {
    const ends = endsOf(positionals)
    const { rules } = await import('../../preflight/rules/index.js')
    const asked = positionals.what?.trim()
    if (asked === undefined || asked === '') {
      if (asked === '' || ends.queue !== undefined || ends.function !== undefined) throw nothingToExplain()
      return explained({ of: 'rules', rules })
    }
    const { example, knownAnswers } = await import('../../aws/known-answers.js')
    if (asked === 'errors') return explained({ of: 'answers', answers: knownAnswers })
    const slug = asked.replace(/^(?:.*\/)?docs\/rules\/|\.md$/g, '')
    const rule = rules.find((candidate) => candidate.slug === slug)
    if (rule) return explained({ of: 'rule', rule, here: await judgedHere(rule, ends, context) })
    const answer = knownAnswers.find((candidate) => candidate.slug === slug)
    if (answer) {
      const { profile, region, endpointUrl: endpoint } = context.connection
      const told = example(answer, { service: '', operation: '', profile, region, endpoint, ...ends })
      return explained({
        of: 'answer',
        answer,
        hint: told.hint,
        rule: told.rule === undefined ? null : nextRule(told.rule, ends, context.connection),
      })
    }
    const known = [...rules, ...knownAnswers].map((candidate) => candidate.slug)
    return explainPasted(asked === '-' ? await pasted(context) : asked, ends, known, context)
  },
})

const explained = (explanation: Extract<Outcome, { kind: 'explained' }>['explanation']): Outcome => ({
  kind: 'explained',
  explanation,
})

function endsOf({ queue, function: functionName }: Partial<Record<keyof Ends, string | undefined>>): Ends {
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(functionName === undefined ? {} : { function: functionName }),
  }
}

const nothingToExplain = () => usageError('there is nothing to explain', 'see the rules: sqs-trigger explain')

/** Those of a pair that does not exist are what a person has to hear first. */
const existence = ['queue-not-found', 'function-not-found', 'qualifier-not-found']

/**
 * The rule alone, judged for the user's queue and function; null where none was named.
 * @throws SqsTriggerError USAGE for one end alone, QUEUE_NOT_FOUND or FUNCTION_NOT_FOUND
 */
async function judgedHere(rule: Rule, ends: Ends, context: CommandContext): Promise<RuleHere | null> {
  const { queue, function: functionName } = ends
  if (queue === undefined && functionName === undefined) return null
  if (queue === undefined || functionName === undefined) {
    throw usageError(
      `to judge ${rule.slug} it takes a queue and a function`,
      `sqs-trigger explain ${rule.slug} ${shellWord(queue ?? '<queue>')} ${shellWord(functionName ?? '<function>')}`,
    )
  }
  const request: WireRequest = {
    queue,
    function: functionName,
    settings: {},
    // Whoever asks about the test message wants it judged.
    sendTest: true,
    ignore: [],
    // A rule about what was left behind says itself what is gone.
    only: [...new Set([...existence.filter((slug) => !rule.yieldsTo?.includes(slug)), rule.slug])],
  }
  const { runPreflight } = await import('../../operations/run-preflight.js')
  const { findings, target } = await context.run(runPreflight(request, await context.session()))
  const finding = findings.find((candidate) => candidate.rule === rule.slug)
  const missing = findings.find((candidate) => candidate !== finding && candidate.status === 'fail')
  if (missing && finding?.status !== 'fail') throw notFound(missing)
  if (finding === undefined) throw new TypeError(`the preflight did not judge ${rule.slug}`)
  const settled = finding.status !== 'pass' && finding.status !== 'skip'
  return {
    finding,
    queueArn: target.queueArn ?? queue,
    functionArn: target.functionArn ?? functionName,
    withSettings:
      settled || !rule.needs.includes('settings')
        ? null
        : nextCommand(context.connection, 'preflight', queue, functionName, '--only', rule.slug),
  }
}

function notFound({ rule, message, fix }: Finding): SqsTriggerError {
  const code = rule === 'queue-not-found' ? 'QUEUE_NOT_FOUND' : 'FUNCTION_NOT_FOUND'
  const [hint] = fix?.commands.map((command) => command.text) ?? []
  return new SqsTriggerError(code, message, hint === undefined ? {} : { hint })
}

/** Standard input. @throws SqsTriggerError USAGE when it is empty. */
async function pasted({ streams, reporter, signal }: CommandContext): Promise<string> {
  if (streams.stdin.isTTY) reporter.note('Paste the error; a line with Ctrl-D alone ends it.')
  const text = await untilStopped(readAll(streams.stdin), signal)
  if (text.trim() === '') throw nothingToExplain()
  return text
}

/** Of several in one text. */
const mostErrors = 5

async function explainPasted(
  said: string,
  ends: Ends,
  known: readonly string[],
  context: CommandContext,
): Promise<Outcome> {
  const { explainErrors, readPasted } = await import('../../operations/explain-error.js')
  const [found, ...others] = explainErrors(said, { ...context.connection, ...ends })
  if (found !== undefined) {
    const named: Ends = {
      ...(found.queue === null ? {} : { queue: found.queue }),
      ...(found.function === null ? {} : { function: found.function }),
    }
    const connection =
      found.region === null ? context.connection : { ...context.connection, region: found.region }
    const rule = found.rule === null ? null : nextRule(found.rule, named, connection)
    const shown = others.slice(0, mostErrors - 1)
    const more = others.length - shown.length
    return explained({ of: 'error', found: found.aws, explained: found, rule, others: shown, more })
  }
  if (/^[\w.:/-]+$/.test(said)) throw unknownName(said, ends, known)
  const error = new SqsTriggerError('USAGE', 'Nothing is known of this error.', {
    hint: 'see those that are known: sqs-trigger explain errors\nPaste the whole text, with the name of the operation in it. If AWS said it and it stays unknown, report the text where you got sqs-trigger from.',
  })
  const whole = readPasted(said)
  return {
    ...explained({ of: 'error', found: whole, explained: null, rule: null, others: [], more: 0 }),
    error,
  }
}

function unknownName(typed: string, ends: Ends, known: readonly string[]): SqsTriggerError {
  const meant = suggest(typed, known)
  const message = `there is no rule or known error ${quoted(typed)}`
  // Words without quotes around them come as several arguments.
  if (meant === undefined && ends.queue !== undefined) {
    return usageError(message, 'put a pasted error in quotes, or pipe it in: sqs-trigger explain -')
  }
  return meant === undefined
    ? usageError(message, 'see the rules: sqs-trigger explain')
    : usageError(`${message} – did you mean ${meant}?`, `sqs-trigger explain ${meant}`)
}

/** Judged at once where both ends are known. */
function nextRule(
  slug: string,
  { queue, function: functionName }: Ends,
  connection: ConnectionChoices,
): NextRule {
  const command =
    queue === undefined || functionName === undefined
      ? `sqs-trigger explain ${slug}`
      : nextCommand(connection, 'explain', slug, queue, functionName)
  return { slug, command }
}
