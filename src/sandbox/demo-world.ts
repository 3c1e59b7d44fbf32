import { join } from 'node:path'
import { addFunctionFromFile } from './lambda/function-from-file.js'
import { executionRoleSeed, queueSeed, rolePolicySeed } from './seeds.js'
import type { Sandbox } from './start-sandbox.js'

export interface DemoSettings {
  readonly visibilityTimeoutSeconds: number
  readonly maxReceiveCount: number
}

/**
 * What the demo finds: the queue `orders` with a dead-letter queue, the function `order-worker`, and its execution
 * role, which may do everything that it needs but delete messages.
 */
export async function buildDemoWorld(sandbox: Sandbox, settings: DemoSettings): Promise<void> {
  const { world, region } = sandbox
  const queueArn = (name: string) => `arn:${world.partition}:sqs:${region}:${world.account}:${name}`
  const redrive = {
    deadLetterTargetArn: queueArn('orders-dlq'),
    maxReceiveCount: settings.maxReceiveCount,
  }
  const allow = (Action: readonly string[], Resource: string) => ({ Effect: 'Allow', Action, Resource })
  await sandbox.seed([
    queueSeed({ name: 'orders-dlq', attributes: { MessageRetentionPeriod: '1209600' } }),
    queueSeed({
      name: 'orders',
      attributes: {
        VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
        RedrivePolicy: JSON.stringify(redrive),
      },
    }),
    executionRoleSeed('order-worker-role'),
    rolePolicySeed('order-worker-role', 'order-worker', [
      allow(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], queueArn('orders')),
      allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
    ]),
  ])
  addFunctionFromFile(world, {
    name: 'order-worker',
    file: join(import.meta.dirname, 'demo-handler.mjs'),
    roleArn: `arn:${world.partition}:iam::${world.account}:role/order-worker-role`,
    region,
  })
}
