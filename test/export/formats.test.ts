// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its own placeholders so
import { describe, expect, test } from 'vitest'
import { describe as describeWorld } from '../../src/export/describe.js'
import type { ExportOptions } from '../../src/export/export-format.js'
import { exportFormatNames, exportFormats } from '../../src/export/export-formats.js'
import { openNamer, snakeCase } from '../../src/export/identifiers.js'
import { piecesOf, textOf } from '../../src/export/references.js'
import { known, unknown } from '../../src/preflight/fact.js'
import { account, fullWorld, hostile, otherAccount, plainWorld, region } from './export-worlds.js'

const code = exportFormatNames.filter((name) => name !== 'yaml')
const endings = { cloudformation: 'yaml', sam: 'yaml', terraform: 'tf', cdk: 'ts', yaml: 'yaml' } as const

const write = async (name: (typeof code)[number], world = fullWorld, options: ExportOptions = {}) =>
  (await exportFormats[name]()).default.write(world, options)

describe('a world with everything in it', () => {
  test.each(code)('%s', async (name) => {
    const { text, notes, takeover } = await write(name)
    await expect(text).toMatchFileSnapshot(`snapshots/${name}.${endings[name]}.txt`)
    const steps =
      takeover?.steps.map((step) => (typeof step === 'string' ? step : `  ${step.join(' ')}`)) ?? []
    const beside = ['NOTES', ...notes, '', 'IMPORT', takeover?.text ?? '', ...steps].join('\n')
    await expect(`${beside}\n`).toMatchFileSnapshot(`snapshots/${name}-import.txt`)
  })

  test.each(code)('%s with the queues', async (name) => {
    const { text, notes, takeover } = await write(name, fullWorld, { withQueues: true })
    await expect(`${text}\n${notes.join('\n')}\n${takeover?.text}`).toMatchFileSnapshot(
      `snapshots/${name}-queues.txt`,
    )
    for (const literal of [account, otherAccount, region]) expect(text).not.toContain(literal)
  })

  test.each(code)('%s names no account and no Region', async (name) => {
    const { text } = await write(name)
    for (const literal of [account, otherAccount, region]) expect(text).not.toContain(literal)
  })

  test.each(code)('%s holds no character that a terminal obeys', async (name) => {
    const { text } = await write(name)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\ufeff]/)
  })

  test('the imports name every mapping by its id, and the policy that exists', async () => {
    const { takeover } = await write('cloudformation')
    const imported = JSON.parse(takeover?.text ?? '[]')
    expect(imported.map(({ ResourceIdentifier: found }: { ResourceIdentifier: object }) => found)).toEqual([
      ...fullWorld.mappings.map(({ mapping }) => ({ Id: mapping.uuid })),
      { PolicyName: expect.stringMatching(/^sqs-trigger-orders-/), RoleName: 'worker-role' },
    ])
  })
})

test('every mapping waits for the policy of its role on its queue', async () => {
  const { resources } = describeWorld(fullWorld)
  const pairs = resources.flatMap(({ id, dependsOn }) => (dependsOn === undefined ? [] : [[id, dependsOn]]))
  expect(pairs).toEqual([
    ['OrdersToOrderWorker', 'WorkerRoleReadsOrders'],
    ['OrdersFifoToOrderWorkerLive', 'WorkerRoleReadsOrdersFifo'],
    ['BillingTo2ndWorker', 'WorkerRoleReadsBilling'],
    ['OrdersFifoTo2ndWorker', 'WorkerRoleReadsOrdersFifo2'],
  ])
  for (const one of resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')) {
    const { properties } = resources.find(({ id }) => id === one.dependsOn) ?? {}
    const { Statement: statements } = (properties?.PolicyDocument ?? {}) as {
      readonly Statement?: readonly { readonly Resource: unknown }[]
    }
    expect(statements?.map(({ Resource }) => Resource)).toContainEqual(one.properties.EventSourceArn)
  }
})

test('two mappings of one queue wait for the one policy of the role that they share', async () => {
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const aliased = { ...first, qualifier: 'live', mapping: { ...first.mapping, uuid: 'another' } }
  const world = { ...plainWorld, mappings: [first, aliased] }
  const { resources } = describeWorld(world)
  const [policy, ...more] = resources.filter(({ type }) => type === 'AWS::IAM::RolePolicy')
  expect(more).toEqual([])
  expect(resources.map(({ dependsOn }) => dependsOn)).toEqual([policy?.id, policy?.id, undefined])
  expect((await write('cdk', world)).text.match(/\.addDependency\(/g)).toHaveLength(2)
})

test('what stands in a template belongs to no file of this tool', () => {
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const tags = known({ team: 'shop', 'sqs-trigger:manifest': 'shop' })
  const { resources } = describeWorld({ ...plainWorld, mappings: [{ ...first, tags }] })
  expect(JSON.stringify(resources)).toContain('"team"')
  expect(JSON.stringify(resources)).not.toContain('sqs-trigger:manifest')
})

test('what is not known is said, and left out', () => {
  const gap = unknown('lambda:GetFunctionConfiguration was refused')
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const { filters: _, ...mapping } = first.mapping
  const { resources, notes } = describeWorld({
    ...plainWorld,
    mappings: [{ ...first, mapping, tags: unknown('lambda:ListTags was refused') }],
    functions: new Map([[first.functionArn, gap]]),
  })
  expect(resources.map(({ type }) => type)).toEqual(['AWS::Lambda::EventSourceMapping'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "Which role function order-worker has is not known (lambda:GetFunctionConfiguration was refused): its permissions are left out.",
      "The filters of mapping 00000001-1111-4222-8333-444455556666 could not be read, and are missing: add them before you use this.",
      "The tags of mapping 00000001-1111-4222-8333-444455556666 could not be read (lambda:ListTags was refused).",
    ]
  `)
})

test('the parameter of a key says what the key encrypts', async () => {
  const [first] = plainWorld.mappings
  const [queue] = plainWorld.queues.values()
  if (first === undefined || queue?.state !== 'known') throw new Error('the plain world has a mapping')
  const keyId = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
  const worldWith = (names: readonly string[]) => {
    const arns = names.map((name) => `arn:aws:sqs:${region}:${account}:${name}`)
    const encryption = { kind: 'key', keyId, dataKeyReuseSeconds: 300 } as const
    return {
      ...plainWorld,
      mappings: arns.map((queueArn) => ({ ...first, mapping: { ...first.mapping, queueArn } })),
      queues: new Map(arns.map((arn) => [arn, known({ ...queue.value, arn, encryption })])),
    }
  }
  const keys = (names: readonly string[]) =>
    describeWorld(worldWith(names))
      .parameters.filter(({ here }) => here === keyId)
      .map(({ description }) => description)
  expect(keys(['orders', 'billing'])).toEqual([
    'ARN of the customer managed key that encrypts queue orders, queue billing.',
  ])
  expect(keys(['a', 'b', 'c', 'd', 'e'])).toEqual([
    'ARN of the customer managed key that encrypts queue a, queue b, queue c and 2 more.',
  ])
})

describe('a mapping that AWS would refuse to make anew', () => {
  const [first] = plainWorld.mappings
  const [queue] = plainWorld.queues.values()
  const [called] = plainWorld.functions.values()
  if (first === undefined || queue?.state !== 'known' || called?.state !== 'known')
    throw new Error('the plain world has a mapping')
  const worldWith = (visibilityTimeoutSeconds: number, timeoutSeconds: number) => ({
    ...plainWorld,
    queues: new Map([[first.mapping.queueArn, known({ ...queue.value, visibilityTimeoutSeconds })]]),
    functions: new Map([[first.functionArn, known({ ...called.value, timeoutSeconds })]]),
  })

  test.each(code)('is told with %s, once', async (name) => {
    const { notes } = await write(name, worldWith(10, 60))
    expect(notes.filter((note) => note.startsWith('AWS would refuse'))).toEqual([
      'AWS would refuse to make 1 of 1 mapping anew, because the queue hides a message for less time than the function may run: orders to order-worker (10 s, 60 s). sqs-trigger audit tells what else is wrong, and what mends it.',
    ])
  })

  test('is none where both are equal, or one could not be read', async () => {
    const told = async (world: typeof plainWorld) =>
      (await write('terraform', world)).notes.filter((note) => note.startsWith('AWS would refuse'))
    expect(await told(worldWith(60, 60))).toEqual([])
    const gap = unknown('sqs:GetQueueAttributes was refused')
    const world = { ...worldWith(10, 60), queues: new Map([[first.mapping.queueArn, gap]]) }
    expect(await told(world)).toEqual([])
  })
})

test('a template that CloudFormation would not take is said to be one', async () => {
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const mappings = Array.from({ length: 199 }, (_, index) => {
    const queueArn = `${first.mapping.queueArn}-${index}`
    return { ...first, mapping: { ...first.mapping, queueArn } }
  })
  const { notes } = await write('cloudformation', { ...plainWorld, mappings })
  expect(notes.filter((note) => !note.startsWith('Queue '))).toMatchInlineSnapshot(`
    [
      "CloudFormation takes 200 parameters and 500 resources in one template, and here are 202 and 398: export fewer with --queue or --function.",
      "The template is longer than 51,200 bytes: CloudFormation takes it from a bucket only, with --template-url.",
    ]
  `)
})

test.each([
  [['plain'], { 'Fn::Sub': 'plain' }],
  [[{ parameter: 'X' }], { Ref: 'X' }],
  [[{ arnOf: 'Q' }], { 'Fn::GetAtt': ['Q', 'Arn'] }],
  [
    ['a${b}', { parameter: 'AWS::Region' }, ':', { arnOf: 'Q' }],
    { 'Fn::Sub': 'a${!b}${AWS::Region}:${Q.Arn}' },
  ],
] as const)('%j is written, and read back', (pieces, written) => {
  expect(textOf(pieces)).toEqual(written)
  // A literal is read back in pieces.
  const read = JSON.stringify(piecesOf(written)).replaceAll('","', '')
  expect(JSON.parse(read)).toEqual(pieces)
})

test('names are told apart in every case that a format writes them in', () => {
  const name = openNamer()
  const parts = ['orders', 'Orders', 'orders-', 'ab', 'a.b', 'a-b', '2nd', '---', 'x2nd', 'worker-role role']
  const names = parts.map((part) => name(part, 'name'))
  expect(names).toMatchInlineSnapshot(`
    [
      "OrdersName",
      "OrdersName2",
      "OrdersName3",
      "AbName",
      "ABName",
      "ABName2",
      "X2ndName",
      "Name",
      "X2ndName2",
      "WorkerRoleName",
    ]
  `)
  expect(new Set(names.map(snakeCase)).size).toBe(parts.length)
})

test('every hostile text stands in the world', () => {
  const all = JSON.stringify(fullWorld.mappings.map(({ mapping, tags }) => [mapping.filters, tags]))
  for (const text of hostile)
    expect(all).toContain(JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1))
})
