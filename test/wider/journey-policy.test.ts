import { describe, expect, test } from 'vitest'
import { policyWarnings } from '../../src/operations/policy/warnings.js'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { startJourney } from '../support/journey.js'
import { sqsTrigger } from '../support/run-command.js'
import { key, nowhere, offline } from './policy-arguments.js'

describe('with everything given, AWS is not asked', () => {
  test.each([
    ['aws', 'eu-west-1', 'sqs.eu-west-1.amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'sqs.us-gov-west-1.amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'sqs.cn-north-1.amazonaws.com.cn'],
  ])('one document is one that can be piped: %s', async (partition, region, viaService) => {
    const { code, stdout, stderr } = await sqsTrigger(offline(partition, region, '--for', 'role'), nowhere)
    expect(code).toBe(0)
    const put = 'aws iam put-role-policy --role-name worker-role --policy-name sqs-trigger-orders.fifo-'
    expect(stderr.replace(/[\s\\]+/g, ' ')).toContain(put)
    expect(stderr).toContain(`--region ${region}`)
    const queueArn = `arn:${partition}:sqs:${region}:111122223333:orders.fifo`
    expect(JSON.parse(stdout)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SqsTriggerPoll',
          Effect: 'Allow',
          Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          Resource: queueArn,
        },
        {
          Sid: 'SqsTriggerDecrypt',
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: `arn:${partition}:kms:${region}:111122223333:${key}`,
          Condition: {
            StringEquals: {
              'kms:ViaService': viaService,
              'kms:EncryptionContext:aws:sqs:arn': queueArn,
            },
          },
        },
      ],
    })
  })

  test.each([
    ['via', { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } }],
    ['none', undefined],
  ])('--kms-condition %s', async (condition, wanted) => {
    const args = offline('aws', 'eu-west-1', '--kms-condition', condition)
    const { stdout } = await sqsTrigger(args, nowhere)
    const { role, caller } = JSON.parse(stdout)
    expect(role.Statement[1].Condition).toEqual(wanted)
    const using = caller.Statement.find(({ Sid }: { Sid: string }) => Sid === 'SendEncrypted')
    expect(using.Condition).toEqual(wanted)
  })

  test('where AWS does not document kms:ViaService, the key is bound to the queue alone, and that is said', async () => {
    const { stdout, stderr } = await sqsTrigger(
      offline('aws-eusc', 'eusc-de-east-1', '--for', 'role'),
      nowhere,
    )
    const queueArn = 'arn:aws-eusc:sqs:eusc-de-east-1:111122223333:orders.fifo'
    expect(JSON.parse(stdout).Statement[1].Condition).toEqual({
      StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': queueArn },
    })
    expect(stderr.replace(/\s+/g, ' ')).toContain('What kms:ViaService says in aws-eusc is not documented')
  })

  test('several documents are members of one object; what --fix needs stands apart', async () => {
    const { stdout, stderr } = await sqsTrigger(offline('aws', 'eu-west-1', '--with', 'fix'), nowhere)
    const documents = JSON.parse(stdout)
    expect(Object.keys(documents)).toEqual(['role', 'caller', 'fix'])
    expect(JSON.stringify(documents.caller)).not.toContain('iam:PutRolePolicy')
    expect(JSON.stringify(documents.fix)).toContain('iam:PutRolePolicy')
    const said = stderr.replace(/\s+/g, ' ')
    expect(said).toContain('can give role worker-role any right')
    expect(said).toContain('--dead-letter-queue')
    expect(said).toContain('--caller-arn')
  })

  test('--boundary-arn binds what --fix may change', async () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary'
    const args = offline('aws', 'eu-west-1', '--with', 'fix', '--boundary-arn', boundary)
    const { fix } = JSON.parse((await sqsTrigger(args, nowhere)).stdout)
    expect(fix.Statement[0]).toMatchObject({
      Sid: 'FixRole',
      Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    })
  })

  test('a key that is none leaves its statements out', async () => {
    const args = offline('aws', 'eu-west-1').map((word) => (word.includes(':kms:') ? 'none' : word))
    const { stdout } = await sqsTrigger(args, nowhere)
    expect(stdout).not.toContain('kms:')
  })

  test('--json gives the one document of every command', async () => {
    const { stdout } = await sqsTrigger(offline('aws', 'eu-west-1', '--json'), nowhere)
    const { ok, command, context, result, warnings } = JSON.parse(stdout)
    expect({ ok, command, context }).toEqual({ ok: true, command: 'policy', context: null })
    expect(result.documents).toMatchObject([
      { for: 'role', complete: true, attachTo: { kind: 'role', name: 'worker-role' } },
      { for: 'caller', attachTo: null },
    ])
    expect(result.documents[0].characters).toBe(JSON.stringify(result.documents[0].document).length)
    expect(warnings.length).toBeGreaterThan(0)
  })
})

describe('usage', () => {
  test.each([
    ['an alias as key', ['--key-arn', 'alias/orders'], '--key-arn'],
    [
      'the alias of a key as ARN',
      ['--key-arn', 'arn:aws:kms:eu-west-1:111122223333:alias/orders'],
      '--key-arn',
    ],
    ['a name as role', ['--role-arn', 'worker-role'], '--role-arn'],
    [
      'a session as caller',
      ['--caller-arn', 'arn:aws:sts::111122223333:assumed-role/ci/run'],
      '--caller-arn',
    ],
    ['--with fix for another', ['--with', 'fix', '--for', 'role'], '--with fix'],
  ])('%s: exit 2', async (_what, args, named) => {
    const { code, stderr } = await sqsTrigger(['policy', 'orders', 'worker', ...args], nowhere)
    expect(code).toBe(2)
    expect(stderr).toContain(named)
  })
})

describe('in the sandbox', () => {
  test('what is read need not be given, and the role’s document is what the preflight misses', async () => {
    const journey = await startJourney()
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'
    const input = { RoleName: 'worker-role', PolicyArn }
    await journey.seed([{ service: 'iam', operation: 'DetachRolePolicy', input }])
    expect((await journey.json('preflight', 'orders', 'worker')).code).toBe(3)
    const { code, stdout } = await journey.run(['policy', 'orders', 'worker', '--for', 'role'])
    expect(code).toBe(0)
    const put = { RoleName: 'worker-role', PolicyName: 'polling', PolicyDocument: stdout }
    await journey.seed([{ service: 'iam', operation: 'PutRolePolicy', input: put }])
    expect((await journey.json('preflight', 'orders', 'worker')).code).toBe(0)
    const caller = JSON.parse((await journey.run(['policy', 'orders', 'worker', '--for', 'caller'])).stdout)
    const read = caller.Statement.find(({ Sid }: { Sid: string }) => Sid === 'ReadQueues')
    expect(read.Resource).toEqual([journey.queueArn('orders'), journey.queueArn('orders-dlq')])
  })

  test('the queue of another account gets a statement beside what its policy says', async () => {
    const journey = await startJourney()
    const theirs = journey.queueArn('theirs').replace(journey.world.account, '444455556666')
    const kept = {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:GetQueueAttributes',
      Resource: theirs,
    }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [kept] })
    const input = { QueueName: 'theirs', Attributes: { Policy } }
    await journey.seed([{ service: 'sqs', operation: 'CreateQueue', account: '444455556666', input }])
    const { accessKeyId } = journey.adminCredentials
    const args = ['policy', theirs, 'worker', '--for', 'queue', '--json']
    const { stdout, code } = await journey.run(args, { env: { AWS_ACCESS_KEY_ID: accessKeyId } })
    expect(code).toBe(0)
    const [queue] = JSON.parse(stdout).result.documents
    expect(queue).toMatchObject({ for: 'queue', account: '444455556666', complete: true })
    expect(queue.document.Statement).toEqual([
      kept,
      expect.objectContaining({ Sid: 'SqsTriggerCrossAccountPoll' }),
    ])
  })

  test('a queue without a key of its own has no key policy: exit 2', async () => {
    const { code, document } = await (await startJourney()).json('policy', 'orders', 'worker', '--for', 'key')
    expect(code).toBe(2)
    expect(document.error?.message).toBe('No customer managed key encrypts orders.')
  })

  test.each([
    ['the function', 'caller', '--role-arn'],
    ['the queue', 'role', '--key-arn'],
  ])('%s that may not be read: exit 6, naming the flag', async (_what, part, flag) => {
    const journey = await startJourney()
    const env = { AWS_ACCESS_KEY_ID: wellKnownAccessKeys.nobody }
    const { code, stderr } = await journey.run(['policy', 'orders', 'worker', '--for', part], { env })
    expect(code).toBe(6)
    expect(stderr.replace(/\s+/g, ' ')).toContain(flag)
  })
})

test('a document that no managed policy takes is told', () => {
  const document = { Version: '2012-10-17', Statement: [] } as const
  const about = {
    for: 'caller',
    name: 'orders-caller',
    account: '1',
    attachTo: null,
    document,
    complete: true,
  } as const
  const target = { caller: { kind: 'role', name: 'ci', arns: ['arn:aws:iam::1:role/ci'] } }
  const told = (characters: number) =>
    // Only the members that are looked at.
    policyWarnings([{ ...about, characters }], target as never, {
      asked: true,
      choices: { keyCondition: 'none' },
    })
  expect(told(6_144)).toEqual([])
  expect(told(6_145)).toEqual([
    'orders-caller has 6,145 characters; a managed policy takes 6,144. Divide it into two.',
  ])
})
