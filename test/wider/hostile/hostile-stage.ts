import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addFunctionFromFile } from '../../../src/sandbox/lambda/function-from-file.js'
import { rolePolicySeed } from '../../../src/sandbox/seeds.js'
import { enqueue } from '../../../src/sandbox/sqs/queue.js'
import { openStage, type Stage, wired } from '../matrix/stage.js'

/** Clears the screen, links, colours, deletes, turns text around, and ends what formats put around it. */
export const evil =
  '\u001b[2J\u001b]8;;http://x\u0007\u009b31m\r\n::error::x\u0000\u0008\u007f\u202egnp\u2066\u061c]]>|</details>`'

/** What a handler may write: escapes, bytes that are no UTF-8, a line of a megabyte, and keys that every object has. */
const handler = `import { writeSync } from 'node:fs'
export const handler = async ({ Records }) => {
  for (const { messageId } of Records) console.log(${JSON.stringify(evil)} + messageId)
  console.log(JSON.stringify({ level: 'ERROR', ['__proto__']: { polluted: true }, message: ${JSON.stringify(evil)} }))
  console.log('x'.repeat(1_000_000))
  writeSync(1, Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0x1b, 0x5b, 0x32, 0x4a, 0x0a]))
  const error = new Error(${JSON.stringify(evil)})
  error.name = 'Evil' + ${JSON.stringify(evil)}
  throw error
}
`

/** The queue and the role are somebody's who wants to drive the terminal; the function fails with such words. */
export async function hostileStage(): Promise<Stage> {
  const stage = await openStage()
  const { sandbox, arn, folder } = stage
  const { world, region } = sandbox
  const file = join(folder, 'evil.mjs')
  writeFileSync(file, handler)
  const deep = `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`
  await sandbox.seed([
    rolePolicySeed('worker-role', 'evil', [{ Sid: 'x', Effect: 'Allow', Action: 'sqs:*', Resource: '*' }]),
  ])
  const queue = world.sqs.queues.get(arn('orders'))
  queue?.tags.set(evil, evil)
  queue?.tags.set('__proto__', 'polluted')
  addFunctionFromFile(world, {
    name: 'evil',
    file,
    region,
    roleArn: `arn:aws:iam::${world.account}:role/worker-role`,
  })
  await wired(sandbox, arn('orders'), 'evil')
  const [made] = [...world.eventSources.mappings.values()].slice(-1)
  if (made === undefined || queue === undefined) throw new Error('the stage is not set')
  const filterPatterns = [JSON.stringify({ body: { [evil]: [evil] } })]
  world.eventSources.mappings.set(made.uuid, {
    ...made,
    stateTransitionReason: evil,
    tags: { [evil]: evil, ['__proto__']: 'x' },
    settings: { ...made.settings, filterPatterns },
  })
  const now = world.clock.now()
  const letter = {
    messageAttributes: {},
    sentAt: now,
    senderId: evil,
    visibleAt: now,
    body: evil + 'x'.repeat(200_000),
  }
  for (const name of ['orders', 'orders-dlq']) {
    const target = world.sqs.queues.get(arn(name))
    if (target !== undefined)
      enqueue(target, [Object.assign({}, letter, { deadLetterSourceArn: arn('orders') })])
  }
  await sandbox.settled()
  // The function has run and failed by now: what follows is undecidable, and stops the polling.
  const role = world.iam.roles.get(`arn:aws:iam::${world.account}:role/worker-role`)
  role?.inline.set('twice', '{"Statement":[],"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}')
  role?.inline.set('deep', deep)
  role?.inline.set(
    'names',
    `{"Version":"2012-10-17","__proto__":{},"Statement":{"Sid":${JSON.stringify(evil)}}}`,
  )
  return stage
}
