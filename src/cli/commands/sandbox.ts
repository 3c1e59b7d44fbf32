import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkHandlerFile } from '../../sandbox/lambda/check-handler-file.js'
import { addFunctionFromFile } from '../../sandbox/lambda/function-from-file.js'
import { executionRoleSeed, pollingPolicySeed, queueSeed } from '../../sandbox/seeds.js'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js'
import { awsDelays, awsIamLagMs, quickDelays } from '../../sandbox/world.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { flag, integer, list } from '../options/options.js'
import { announce } from '../sandbox-announcement.js'
import { insideSandbox } from '../sandbox-environment.js'
import { quoted, usageError } from '../usage-error.js'

export default defineCommand({
  name: 'sandbox',
  summary: 'Serve a local AWS for your own tools, or run a command inside it',
  description:
    'SQS, Lambda with event source mappings, IAM, STS, KMS, CloudWatch metrics, CloudWatch Logs and CloudFormation stacks on 127.0.0.1, for unmodified SDKs ' +
    'and aws-cli. It refuses what AWS refuses and runs your handler. With -- it runs one command inside and ends ' +
    'with it; without, it serves until Ctrl-C. Nothing is kept.',
  positionals: {},
  rest: { name: 'command', summary: 'a command to run inside the sandbox' },
  options: {
    port: integer({
      summary: 'port to listen on (default: any free one)',
      min: 1,
      max: 65535,
      group: 'Sandbox',
    }),
    queue: list({
      summary: 'make this queue; .fifo at the end makes it FIFO',
      placeholder: 'name',
      group: 'Sandbox',
    }),
    function: list({
      summary: 'make this function from a handler file, with a role that may poll every queue',
      placeholder: 'name=file',
      group: 'Sandbox',
    }),
    slow: flag({
      summary: "take AWS's real time for state changes, and a while for changed permissions",
      group: 'Sandbox',
    }),
    instant: flag({ summary: 'let state changes take no time at all', group: 'Sandbox' }),
  },
  examples: [
    {
      command: 'sqs-trigger sandbox --queue orders --function worker=./handler.mjs',
      does: 'serve until Ctrl-C',
    },
    {
      command:
        'sqs-trigger sandbox --queue orders --function worker=./handler.mjs -- sqs-trigger wire orders worker --yes',
      does: 'wire inside a sandbox of its own',
    },
    { command: 'sqs-trigger sandbox -- npm test', does: 'run your own tests against it' },
  ],
  exitCodes: ['FAILED'],
  local: true,
  obeys: { region: 'Region that the sandbox stands for (default us-east-1)' },
  formats: ['text', 'ndjson'],
  async run({ values, rest }, context) {
    if (values.slow && values.instant)
      throw usageError('--slow and --instant contradict each other', 'give one of them')
    // An empty variable behind it, say: to serve for ever is not what was meant.
    if (rest.length === 0 && context.host.argv.at(-1) === '--')
      throw usageError('-- is followed by no command', 'for example: sqs-trigger sandbox -- npm test')
    const queues = [...new Set(values.queue)]
    queues.forEach(checkQueueName)
    const functions = readFunctions(values.function)
    const sandbox = await startSandbox({
      ...(values.port === undefined ? {} : { port: values.port }),
      ...(context.globals.region === undefined ? {} : { region: context.globals.region }),
      delays: values.slow ? awsDelays : values.instant ? instantDelays : quickDelays,
      ...(values.slow ? { iamLagMs: awsIamLagMs } : {}),
    }).catch((error: unknown) => {
      throw values.port === undefined ? error : portError(values.port, error)
    })
    try {
      await furnish(sandbox, queues, functions)
      for (const line of await brokenHandlers(functions)) context.reporter.note(line)
      if (rest.length > 0)
        return { kind: 'said', lines: [], exitCode: await runInside(sandbox, rest, context) }
      announce(sandbox, queues, functions, context)
      await stopped(context.signal)
      return { kind: 'said', lines: [] }
    } finally {
      await sandbox.stop()
    }
  },
})

const instantDelays = { ...quickDelays, mappingTransition: 0, mappingDeletion: 0 }

interface FunctionFile {
  readonly name: string
  readonly file: string
}

/** A queue whose name SQS would refuse. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function checkQueueName(name: string): void {
  if (name.length <= 80 && /^[A-Za-z0-9_-]+(\.fifo)?$/.test(name)) return
  throw usageError(
    `--queue ${quoted(name)}: SQS has no such name; it takes up to 80 letters, digits, - and _, and .fifo at the end`,
  )
}

/** The port that was asked for cannot be had; anything else is passed on. */
function portError(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return usageError(
      `--port ${port} is taken by another program`,
      'give another, or none: any free one is found',
    )
  }
  return code === 'EACCES' ? usageError(`--port ${port} is not allowed to you`, 'give one above 1023') : error
}

/** The same twice is once; two files for one name are a mistake. */
function readFunctions(texts: readonly string[]): readonly FunctionFile[] {
  const functions = [...new Set(texts)].map(readFunction)
  const twice = functions.find(({ name }, index) => functions.findIndex((one) => one.name === name) !== index)
  if (twice)
    throw usageError(`--function ${twice.name} is given twice with different files`, 'give one of them')
  return functions
}

function readFunction(text: string): FunctionFile {
  const at = text.indexOf('=')
  const name = text.slice(0, at)
  const file = resolve(text.slice(at + 1))
  if (at < 1 || !/^[A-Za-z0-9-_]{1,64}$/.test(name)) {
    throw usageError(
      `--function takes name=file, not "${text}"`,
      'for example: --function worker=./handler.mjs',
    )
  }
  if (!existsSync(file)) throw usageError(`--function ${name}: there is no file ${file}`)
  return { name, file }
}

/** A function that cannot be loaded is served all the same, as AWS would: but it is said. */
async function brokenHandlers(functions: readonly FunctionFile[]): Promise<readonly string[]> {
  const checked = await Promise.all(
    functions.map(async ({ name, file }) => {
      const fault = await checkHandlerFile(file)
      // The first line is the place, the last the error; between them stands a drawing of it.
      const lines = fault?.split('\n').filter((line) => line.trim() !== '') ?? []
      const told = [...new Set([lines[0], lines.at(-1)])].join(': ')
      return fault === undefined ? [] : [`Function ${name} will fail: Node.js cannot read ${told}`]
    }),
  )
  return checked.flat()
}

async function furnish(sandbox: Sandbox, queues: readonly string[], functions: readonly FunctionFile[]) {
  const { world, region } = sandbox
  await sandbox.seed(queues.map((name) => queueSeed({ name })))
  for (const { name, file } of functions) {
    const role = `${name}-role`.slice(-64)
    await sandbox.seed([executionRoleSeed(role), pollingPolicySeed(role, world.partition)])
    const roleArn = `arn:${world.partition}:iam::${world.account}:role/${role}`
    addFunctionFromFile(world, { name, file, roleArn, region })
  }
}

/** What --fix writes down in there must not stand beside the user's own: it is gone with the sandbox. */
async function runInside(sandbox: Sandbox, command: readonly string[], context: CommandContext) {
  const state = await mkdtemp(join(tmpdir(), 'sqs-trigger-sandbox-'))
  try {
    return await runCommand(
      command,
      { ...insideSandbox(context.host.env, sandbox), XDG_STATE_HOME: state },
      context,
    )
  } finally {
    await rm(state, { recursive: true, force: true })
  }
}

/** Runs the command with its own input and output; a command that is this tool need not be installed. */
function runCommand(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  context: CommandContext,
) {
  const own = program === 'sqs-trigger' ? context.host.self : undefined
  const [command, ...before] = own ?? [program]
  return new Promise<number>((settle) => {
    const child = spawn(command ?? program, [...before, ...args], { env, stdio: 'inherit' })
    // Ctrl-C reaches the child through the terminal; SIGTERM is ours alone.
    context.signal.addEventListener('abort', () => child.kill('SIGTERM'))
    child.on('error', (error: NodeJS.ErrnoException) => {
      context.reporter.note(`${quoted(program)} cannot be run: ${whyNot(error)}.`)
      // As a shell ends: not found, or no program.
      settle(error.code === 'ENOENT' ? 127 : 126)
    })
    child.on('close', (code, signal) =>
      settle(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    )
  })
}

const whyNot = (error: NodeJS.ErrnoException) =>
  error.code === 'ENOENT' ? 'there is no such program' : error.message

const stopped = (signal: AbortSignal) =>
  new Promise<void>((settle) => {
    if (signal.aborted) settle()
    signal.addEventListener('abort', () => settle(), { once: true })
  })
