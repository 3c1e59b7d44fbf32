import type { SeedStep } from './seed.js'

/** Steps that make the usual things, for `Sandbox.seed`. */

export interface QueueSeed {
  /** `.fifo` at the end makes a FIFO queue. */
  readonly name: string
  /** Attributes as SQS names them; values are strings. */
  readonly attributes?: Readonly<Record<string, string>>
}

export function queueSeed({ name, attributes = {} }: QueueSeed): SeedStep {
  const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}
  return {
    service: 'sqs',
    operation: 'CreateQueue',
    input: { QueueName: name, Attributes: { ...fifo, ...attributes } },
  }
}

/** A role that Lambda may assume. */
export function executionRoleSeed(name: string): SeedStep {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  }
  const input = { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }
  return { service: 'iam', operation: 'CreateRole', input }
}

export function rolePolicySeed(role: string, name: string, statement: readonly object[]): SeedStep {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statement })
  const input = { RoleName: role, PolicyName: name, PolicyDocument: document }
  return { service: 'iam', operation: 'PutRolePolicy', input }
}

/** The managed policy that AWS's own guide attaches: three SQS actions and the logs, on everything. */
export function pollingPolicySeed(role: string, partition: string): SeedStep {
  const arn = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole`
  return { service: 'iam', operation: 'AttachRolePolicy', input: { RoleName: role, PolicyArn: arn } }
}
