import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { quickstartPolicy } from '../../src/permissions/quickstart-policy.js'
import { awsDelays, quickDelays } from '../../src/sandbox/world.js'
import { type Journey, startJourney } from '../support/journey.js'
import { findMoto, startMoto } from '../support/moto.js'
import { findProgram, run, sqsTrigger } from '../support/run-command.js'

const builder = { AWS_ACCESS_KEY_ID: 'AKIASANDBOXBUILDER' }
const moto = await findMoto()
const lint = await findProgram('cfn-lint')
const awsCli = await findProgram('aws')

/** Runs the built command with exactly the rights of the quickstart. */
const quickstart = (journey: Journey, ...args: string[]) =>
  journey.run(['quickstart', ...args], { env: builder })

async function document(journey: Journey, ...args: string[]) {
  const { code, stdout } = await quickstart(journey, ...args, '--json')
  return { code, ...JSON.parse(stdout) }
}

describe.each([
  ['a standard queue', []],
  ['a FIFO queue', ['--fifo']],
])('%s', (_, flags) => {
  test('from nothing to a proof, the same again, and away', async () => {
    const journey = await startJourney()
    const before = journey.world.sqs.queues.size
    const made = await document(journey, ...flags, '--tag', 'team=orders', '--yes')
    expect(made, JSON.stringify(made.error)).toMatchObject({ code: 0, result: { outcome: 'created' } })
    const [one, batch] = made.result.sent
    expect([one.messages.length, batch.messages.length]).toEqual([1, 5])
    expect([one.proof.level, batch.proof.level]).toEqual(['strong', 'strong'])
    // Each of the batch was handled, not only the first.
    const log = [...journey.world.logs.groups.values()].find(({ name }) => name === made.result.logGroup)
    const lines = JSON.stringify([...(log?.streams.values() ?? [])])
    for (const { messageId } of batch.messages) expect(lines).toContain(`message ${messageId}`)

    expect(await document(journey, '--yes')).toMatchObject({ code: 0, result: { outcome: 'unchanged' } })
    expect(await document(journey, '--delete', '--yes')).toMatchObject({
      code: 0,
      result: { outcome: 'deleted' },
    })
    expect(journey.world.sqs.queues.size).toBe(before)
    expect([...journey.world.eventSources.mappings]).toEqual([])
  }, 60_000)
})

test('without one of its rights nothing is left half done, and the reason is told', {
  timeout: 120_000,
}, async () => {
  const scope = { partition: 'aws', region: '*', account: '111122223333', name: 'x' }
  const making = quickstartPolicy(scope)
    .Statement.flatMap(({ Action }) => Action)
    .filter((action) =>
      /:(?:Create(?:Queue|Role|Function|LogGroup|EventSourceMapping)|PutRolePolicy|PassRole|PutRetentionPolicy|GetFunction|GetEventSourceMapping)$/.test(
        action,
      ),
    )
  expect(making).toHaveLength(10)
  for (const action of making) {
    const journey = await startJourney()
    const Statement = [{ Effect: 'Deny', Action: action, Resource: '*' }]
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    const input = { UserName: 'builder', PolicyName: 'never', PolicyDocument }
    await journey.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
    const ended = await document(journey, '--yes', '--no-send-test')
    expect(ended, action).toMatchObject({ code: 6, error: { code: 'ACCESS_DENIED' } })
    expect(ended.error.message.toLowerCase(), action).toContain(action.toLowerCase())
    expect(ended.error.hint).toContain('quickstart --delete')
    expect(await document(journey, '--yes')).toMatchObject({ code: 7 })
    // Some rights are needed to take it back, too.
    const policy = { UserName: 'builder', PolicyName: 'never' }
    await journey.seed([{ service: 'iam', operation: 'DeleteUserPolicy', input: policy }])
    expect(await document(journey, '--delete', '--yes'), action).toMatchObject({ code: 0 })
  }
})

describe('Ctrl-C leaves a true sentence', () => {
  /** The command, stopped as soon as it has said this. */
  const stopped = (journey: Journey, said: RegExp, ...args: string[]) =>
    journey.run(['quickstart', ...args], {
      env: builder,
      watch: (text, child) => {
        if (said.test(text) && !child.killed) child.kill('SIGINT')
      },
    })

  test('while the stack is made: it goes on, and the same command waits again', async () => {
    const journey = await startJourney({ delays: { ...awsDelays, stackResource: 600 } })
    const ended = await stopped(journey, /CREATE_COMPLETE +DeadLetterQueue/, '--yes', '--no-send-test')
    expect(ended.code).toBe(130)
    const said = ended.stderr.replaceAll(/\s+/g, ' ')
    expect(said).toMatch(
      /Stopped waiting after .* s: stack \S+ is CREATE_IN_PROGRESS\. CloudFormation goes on by itself\./,
    )
    expect(said).toMatch(/continue: sqs-trigger quickstart/)
    await journey.advance(60_000)
    await journey.settled()
    expect(await document(journey, '--yes')).toMatchObject({ code: 0, result: { outcome: 'unchanged' } })
  }, 60_000)

  test('while it is proven: the message was sent, the stack stays', async () => {
    const journey = await startJourney()
    const ended = await stopped(journey, /Sent {2,}.*accepted/, '--yes')
    expect(ended.code).toBe(130)
    const said = ended.stderr.replaceAll(/\s+/g, ' ')
    expect(said).toMatch(/Message \S+ was sent.* Stack sqs-trigger-quickstart is complete, and stays\./)
    expect(said).toMatch(/remove: sqs-trigger quickstart --delete/)
  }, 60_000)

  test('while it is deleted: it goes on, and deleting again waits', async () => {
    const journey = await startJourney({ delays: { ...quickDelays, stackResource: 300 } })
    expect((await quickstart(journey, '--yes', '--no-send-test', '--quiet')).code).toBe(0)
    const ended = await stopped(journey, /DELETE_IN_PROGRESS +Mapping/, '--delete', '--yes')
    expect(ended.code).toBe(130)
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toMatch(
      /is DELETE_IN_PROGRESS\. CloudFormation goes on by itself\..*continue: .*--delete/,
    )
    expect((await document(journey, '--delete', '--yes')).code).toBe(0)
    expect([...journey.world.madeStacks.values()].map(({ status }) => status)).toEqual(['DELETE_COMPLETE'])
  }, 60_000)
})

test.skipIf(!lint).each([[[]], [['--fifo', '--tag', 'cost center=4 "x"']], [['--sms', '+4917600000001']]])(
  'cfn-lint finds nothing in the template of %j',
  async (flags) => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-template-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const form of ['yaml', 'json']) {
      const { code, stdout } = await sqsTrigger(['quickstart', `--print=${form}`, ...flags])
      expect(code).toBe(0)
      const file = join(folder, `template.${form}`)
      writeFileSync(file, stdout)
      const linted = await run(lint ?? '', [file], { env: { HOME: folder } })
      expect({ form, code: linted.code }, linted.stdout).toEqual({ form, code: 0 })
    }
  },
  60_000,
)

test.skipIf(!awsCli)(
  'aws-cli makes the printed template in the sandbox, watches and deletes it',
  async () => {
    const journey = await startJourney()
    const { stdout: template } = await sqsTrigger(['quickstart', '--print=json'])
    const aws = async (...args: string[]) => {
      const words = ['cloudformation', ...args, '--endpoint-url', journey.endpoint, '--output', 'json']
      const ran = await run(awsCli ?? '', words, { env: { ...journey.env, ...builder } })
      expect(ran.code, ran.stderr).toBe(0)
      return ran.stdout.trim() === '' ? undefined : JSON.parse(ran.stdout)
    }
    const name = ['--stack-name', 'sqs-trigger-quickstart-cli']
    await aws('create-stack', ...name, '--template-body', template, '--capabilities', 'CAPABILITY_IAM')
    await journey.advance(10_000)
    await journey.settled()
    const { Stacks } = await aws('describe-stacks', ...name)
    expect(Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE' }])
    const { StackEvents } = await aws('describe-stack-events', ...name)
    expect(StackEvents[0]).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE' })
    expect((await aws('describe-stack-resources', ...name)).StackResources).toHaveLength(6)
    await aws('delete-stack', ...name)
    await journey.advance(10_000)
    await journey.settled()
    const ended = await aws('describe-stacks', '--stack-name', Stacks[0].StackId)
    expect(ended.Stacks).toMatchObject([{ StackStatus: 'DELETE_COMPLETE' }])
  },
  120_000,
)

test.skipIf(!moto)(
  'moto_server makes, describes and deletes the stack',
  async () => {
    const { endpoint, stop } = await startMoto(moto ?? '')
    onTestFinished(stop)
    const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
    const env = { ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: endpoint }
    const ask = async (...args: string[]) => {
      const { code, stdout } = await sqsTrigger(['quickstart', ...args, '--yes', '--json'], { env })
      return { code, ...JSON.parse(stdout) }
    }
    // Its functions run only in containers: there is nothing to prove.
    const made = await ask('--fifo', '--tag', 'team=orders', '--no-send-test')
    expect(made, JSON.stringify(made.error)).toMatchObject({ code: 0, result: { outcome: 'created' } })
    expect(made.result.queueArn).toMatch(/\.fifo$/)
    expect(made.result.events.at(-1)).toMatchObject({ status: 'CREATE_COMPLETE' })
    expect(await ask()).toMatchObject({ code: 0, result: { outcome: 'unchanged' } })
    expect(await ask('--sms', '+4917600000001')).toMatchObject({ code: 7 })
    expect(await ask('--delete')).toMatchObject({ code: 0, result: { outcome: 'deleted' } })
  },
  120_000,
)
