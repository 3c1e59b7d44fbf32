import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exitStatuses } from '../../src/cli/exit-codes.js'
import { zip } from '../sandbox/lambda-fixture.js'
import { findMoto, type Moto, startMoto } from '../support/moto.js'
import { runHere } from '../support/run-here.js'

const moto = await findMoto()
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } }
const created = 'event-source-mapping create'
const statuses = (...findings: readonly (readonly [rule: string, status: string])[]) => ({
  findings: expect.arrayContaining(
    findings.map(([rule, status]) => expect.objectContaining({ rule, status })),
  ),
})
const mapping = (more: object) => ({ result: { mapping: expect.objectContaining(more) } })
/** moto has no simulator: whether the caller may do it is not known, and nothing says that it may. */
const callerUnknown = statuses(['caller-lacks-create-event-source-mapping', 'unknown'])
/** moto answers what it lacks with a page in HTML. */
const notAws = (service: string) => ({
  error: { code: 'ENDPOINT_NOT_AWS', message: expect.stringContaining(`for ${service} in us-east-1`) },
})

type Change = Readonly<Record<'type' | 'action', string>>

interface Step {
  readonly words: string
  /** Several: it depends on whether moto finds Docker to run functions with. */
  readonly code: number | readonly number[]
  /** What the document holds, beside its exit code. */
  readonly sees?: object
  /** What was changed, in any order. Default: nothing. */
  readonly changes?: readonly string[]
}

/** One after the other, on one account of moto: each finds what those before it left. */
const story: readonly Step[] = [
  { words: 'list', code: 0, sees: { result: { mappings: [] } } },
  { words: 'preflight nowhere worker', code: 5, sees: { error: { code: 'QUEUE_NOT_FOUND' } } },
  { words: 'preflight orders nobody', code: 5, sees: { error: { code: 'FUNCTION_NOT_FOUND' } } },
  { words: 'preflight orders worker', code: 3, sees: callerUnknown },
  { words: 'wire orders worker --yes', code: 3 },
  { words: 'wire orders worker --yes --fix --dry-run', code: 3, sees: { dryRun: true } },
  {
    words: 'wire orders worker --yes --fix --tag team=shop',
    code: 0,
    changes: ['role-policy put', 'role-policy put', 'queue create', 'queue-attributes set', created],
    sees: { ...mapping({ state: 'Enabled', batchSize: 10 }) },
  },
  { words: 'wire orders worker --yes', code: 0, sees: { result: { outcome: 'unchanged' } } },
  {
    words: 'wire orders worker --yes --batch-size 5',
    code: 7,
    sees: { error: { code: 'MAPPING_DIFFERS' } },
  },
  { words: 'preflight orders worker', code: 0, sees: callerUnknown },
  { words: 'wire orders worker:live --yes --dry-run', code: 0 },
  {
    words: 'preflight secret worker',
    code: 3,
    sees: statuses(['role-lacks-decrypt', 'fail'], ['role-lacks-receive-message', 'fail']),
  },
  // moto puts the version in place of the alias, so that the mapping of an alias is never found again.
  {
    words: 'wire secret worker:live --yes --fix --dead-letter-queue=orders-dead-letter',
    code: 0,
    changes: ['role-policy put', 'queue-attributes set', created],
  },
  {
    words: 'wire steps.fifo worker --yes --fix',
    code: 0,
    changes: ['role-policy put', 'queue create', 'queue-attributes set', created],
  },
  { words: 'list --queue orders', code: 0, sees: { result: { mappings: [expect.anything()] } } },
  { words: 'status orders', code: 0, sees: mapping({ state: 'Enabled' }) },
  { words: 'status nowhere', code: 5, sees: { error: { code: 'MAPPING_NOT_FOUND' } } },
  { words: 'wait orders', code: 0, sees: mapping({ state: 'Enabled' }) },
  { words: 'wait orders --for deleted --timeout 300ms', code: 8, sees: { error: { code: 'NOT_FINISHED' } } },
  {
    words: 'update orders --batch-size 5 --batch-window 2 --filter {"body":["x"]} --yes',
    code: 0,
    changes: ['event-source-mapping update'],
    sees: { ...mapping({ batchSize: 5, batchWindowSeconds: 2 }) },
  },
  {
    words: 'update orders --batch-size 5 --batch-window 2 --filter {"body":["x"]} --yes',
    code: 0,
    sees: { result: { outcome: 'unchanged' } },
  },
  {
    words: 'update steps.fifo --batch-size 50 --yes',
    code: 3,
    sees: { ...statuses(['fifo-batch-size-above-ten', 'fail']) },
  },
  {
    words: 'disable orders --yes',
    code: 0,
    changes: ['event-source-mapping update'],
    sees: mapping({ state: 'Disabled' }),
  },
  { words: 'disable orders --yes', code: 0 },
  { words: 'wire orders worker --yes', code: 7, sees: { error: { code: 'MAPPING_DISABLED' } } },
  { words: 'send orders --prove', code: 7, sees: { error: { code: 'MAPPING_DISABLED' } } },
  {
    words: 'send orders --body x',
    code: 0,
    sees: { result: { messages: [expect.anything()], proof: null } },
  },
  { words: 'wait orders --for drained --timeout 300ms', code: 1, sees: { error: { code: 'MAPPING_STATE' } } },
  {
    words: 'enable orders --yes',
    code: 0,
    changes: ['event-source-mapping update'],
    sees: mapping({ state: 'Enabled' }),
  },
  { words: 'logs orders', code: 5, sees: { error: { code: 'NOT_FOUND' } } },
  { words: 'redrive orders --yes', code: 1, sees: { ...notAws('SQS') } },
  { words: 'audit', code: 0, sees: { result: { complete: true } } },
  // moto has no Lambda in some of the Regions that it names.
  { words: 'audit --all-regions', code: 1, sees: { error: { code: 'INCOMPLETE' } } },
  { words: 'send orders --prove --timeout 1s', code: [0, 1, 9] },
  { words: 'policy orders worker --for role', code: 0, sees: { result: { documents: [expect.anything()] } } },
  // Who calls is a user of STS to moto, which is nobody to IAM.
  {
    words: 'policy orders worker',
    code: 0,
    sees: { warnings: [expect.stringContaining('Nobody knows who')] },
  },
  ...['yaml', 'cloudformation', 'sam', 'terraform', 'cdk'].map((format) => ({
    words: `export --format ${format}`,
    code: 0,
    sees: { result: { format, mappings: 3 } },
  })),
  { words: 'plan -f FILE', code: 7, sees: { error: { message: expect.stringContaining('--adopt') } } },
  { words: 'plan -f FILE --adopt --exit-code', code: 10 },
  {
    words: 'apply -f FILE --adopt --yes',
    code: 0,
    changes: [created, 'event-source-mapping update', 'mapping-tags tag'],
  },
  { words: 'plan -f FILE --exit-code', code: 0 },
  { words: 'apply -f FILE --yes', code: 0 },
  { words: 'quickstart --yes --no-send-test', code: 0, changes: ['stack create'] },
  { words: 'quickstart --yes --no-send-test', code: 0 },
  { words: 'status sqs-trigger-quickstart-function', code: 5 },
  { words: 'quickstart --delete --yes', code: 0, changes: ['stack delete'] },
  { words: 'quickstart --delete --yes', code: 0 },
  {
    words: 'unwire steps.fifo --yes --revoke',
    code: 0,
    changes: ['event-source-mapping delete', 'role-policy delete'],
  },
  { words: 'unwire steps.fifo --yes', code: 5, sees: { error: { code: 'MAPPING_NOT_FOUND' } } },
  { words: 'rollback', code: 0, sees: { result: { entries: expect.any(Array) } } },
  {
    words: 'explain role-lacks-receive-message orders worker',
    code: 0,
    sees: { result: { status: 'pass' } },
  },
  { words: 'list --profile nobody', code: 4, sees: { error: { code: 'UNKNOWN_PROFILE' } } },
]

const triggers = `name: orders
triggers:
  - {queue: orders, function: worker, settings: {batch-size: 7}}
  - {queue: secret, function: worker}
`

/**
 * Another implementation of AWS, which has much and lacks some: what it has works and converges when it is done again,
 * what it lacks comes out as unknown, or as an error that names the endpoint. Nothing ends as a failure of our own.
 */
describe.skipIf(!moto)(`every command on moto_server (${moto ? 'found' : 'skipped: not on PATH'})`, () => {
  let server: Moto
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-moto-'))
  const file = join(folder, 'sqs-trigger.yaml')

  beforeAll(async () => {
    server = await startMoto(moto ?? '')
    writeFileSync(file, triggers)
    const there = { ...settings, endpoint: server.endpoint }
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]
    const { Role } = await new IAMClient(there).send(
      new CreateRoleCommand({
        RoleName: 'worker-role',
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    )
    const lambda = new LambdaClient(there)
    const FunctionName = 'worker'
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: Role?.Arn,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip({ 'index.mjs': 'export const handler = () => {}' }) },
      }),
    )
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
    const { KeyMetadata } = await new KMSClient(there).send(new CreateKeyCommand({}))
    const sqs = new SQSClient(there)
    const queues = {
      orders: {},
      'steps.fifo': { FifoQueue: 'true' },
      secret: { KmsMasterKeyId: KeyMetadata?.KeyId ?? '' },
    }
    for (const [QueueName, Attributes] of Object.entries(queues))
      await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  })
  afterAll(() => {
    server.stop()
    rmSync(folder, { recursive: true })
  })

  test.each(story.map((step, at) => ({ ...step, title: `${at + 1} ${step.words} → ${step.code}` })))(
    '$title',
    async ({ words, code, sees = {}, changes = [] }) => {
      const env = {
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
        AWS_REGION: settings.region,
        AWS_ENDPOINT_URL: server.endpoint,
        XDG_STATE_HOME: folder,
      }
      const args = words.split(' ').map((word) => (word === 'FILE' ? file : word))
      const ran = await runHere([...args, '--json'], env)
      const document = JSON.parse(ran.stdout)
      expect(document, ran.stderr).toMatchObject({ ...sees, exitCode: ran.code })
      expect([code].flat(), ran.stderr).toContain(ran.code)
      const changed = document.changed.map(({ type, action }: Change) => `${type} ${action}`)
      expect(changed.toSorted()).toEqual(changes.toSorted())
      expect(document.error?.code).not.toBe('INTERNAL')
      expect(exitStatuses.map((status) => status.code)).toContain(ran.code)
    },
  )
})
