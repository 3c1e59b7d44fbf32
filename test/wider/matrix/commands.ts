import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { queueSeed } from '../../../src/sandbox/seeds.js'
import { enqueue } from '../../../src/sandbox/sqs/queue.js'
import { type Stage, wired } from './stage.js'
import { runMoved } from './way.js'

/** A command whose every call is made to fail: one row. */
export interface MatrixCommand {
  readonly name: string
  /** Without `--json`. */
  readonly args: (stage: Stage) => readonly string[]
  /** What is there before it runs. */
  readonly prepare: (stage: Stage) => Promise<void>
  /** Exit code of the same command on what it has done already. Default 0. */
  readonly again?: number
}

export const matrixCommands: readonly MatrixCommand[] = [
  {
    name: 'wire',
    args: () => [
      'wire',
      'plain',
      'reader',
      '--fix',
      '--dead-letter-queue',
      '--send-test',
      '--yes',
      '--timeout',
      '60s',
    ],
    prepare: async () => {},
  },
  {
    name: 'unwire',
    args: () => ['unwire', 'plain', 'reader', '--revoke', '--yes', '--timeout', '60s'],
    prepare: async (stage) => {
      const { code } = await runMoved(stage, ['wire', 'plain', 'reader', '--fix', '--yes'])
      if (code !== 0) throw new Error(`the stage could not be set: exit ${code}`)
    },
    again: 5,
  },
  {
    name: 'update',
    args: () => ['update', 'orders', '--batch-size', '5', '--tag', 'team=shop', '--yes', '--timeout', '60s'],
    prepare: ({ sandbox, arn }) => wired(sandbox, arn('orders'), 'worker'),
  },
  {
    name: 'apply',
    args: (stage) => ['apply', '-f', manifestOf(stage), '--yes', '--timeout', '60s'],
    prepare: async (stage) => {
      const { sandbox, arn } = stage
      await sandbox.seed([queueSeed({ name: 'parcels' })])
      await wired(sandbox, arn('orders'), 'worker', {
        BatchSize: 3,
        Tags: { 'sqs-trigger:manifest': 'shop' },
      })
      writeFileSync(manifestOf(stage), manifest)
    },
  },
  {
    name: 'quickstart',
    args: () => ['quickstart', '--tag', 'team=shop', '--yes', '--timeout', '60s'],
    prepare: async () => {},
  },
  {
    name: 'redrive',
    args: () => ['redrive', 'orders', '--yes', '--timeout', '60s'],
    prepare: async ({ sandbox, arn }) => {
      await wired(sandbox, arn('orders'), 'worker')
      const queue = sandbox.world.sqs.queues.get(arn('orders-dlq'))
      if (queue === undefined) throw new Error('the stage has no dead-letter queue')
      const now = sandbox.world.clock.now()
      const letter = { messageAttributes: {}, sentAt: now, senderId: 'AIDA', visibleAt: now }
      enqueue(
        queue,
        ['one', 'two', 'three'].map((body) => ({ ...letter, body, deadLetterSourceArn: arn('orders') })),
      )
    },
  },
]

const manifestOf = ({ folder }: Stage) => join(folder, 'sqs-trigger.yaml')

/** Two mappings are to be made, one is to be changed and tagged. */
const manifest = `name: shop
triggers:
  - { queue: plain, function: worker }
  - { queue: orders, function: worker, settings: { batch-size: 5, tags: { team: shop } } }
  - { queue: parcels, function: worker, settings: { batch-size: 7 } }
`
