import { describe, expect, test } from 'vitest'
import {
  keyPolicyStatementFor,
  queuePolicyStatementFor,
  rolePolicyFor,
  rolePolicyName,
} from '../../src/permissions/role-policy.js'
import { keyArn, queueArn, roleArn } from './ask.js'

const target = { queueArn, region: 'us-east-1', partition: 'aws' }
const via = { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }
const context = { 'kms:EncryptionContext:aws:sqs:arn': queueArn }

describe('the policy for the execution role', () => {
  test('without a key', () => {
    expect(rolePolicyFor(target)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SqsTriggerPoll',
          Effect: 'Allow',
          Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          Resource: queueArn,
        },
      ],
    })
  })

  test.each([
    ['context', 'aws', { StringEquals: { ...via, ...context } }],
    ['via', 'aws', { StringEquals: via }],
    ['none', 'aws', undefined],
    ['via', 'aws-cn', { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com.cn' } }],
    // How SQS is called there is not documented: a wrong value would refuse every message.
    ['context', 'aws-iso', { StringEquals: context }],
    ['via', 'aws-iso', undefined],
  ] as const)('with a key, condition %s in %s', (keyCondition, partition, condition) => {
    const [, decrypt] = rolePolicyFor({ ...target, keyArn, partition, keyCondition }).Statement
    expect(decrypt).toEqual({
      Sid: 'SqsTriggerDecrypt',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: keyArn,
      ...(condition === undefined ? {} : { Condition: condition }),
    })
  })

  test('its size, white space apart, is a fraction of the 10,240 that a role may have', () => {
    expect(JSON.stringify(rolePolicyFor(target)).length).toBeLessThan(230)
    expect(JSON.stringify(rolePolicyFor({ ...target, keyArn })).length).toBeLessThan(550)
  })
})

describe('the name of the policy', () => {
  test('is the same every time, and another for another queue', () => {
    expect(rolePolicyName(queueArn)).toMatch(/^sqs-trigger-orders-[0-9a-f]{8}$/)
    expect(rolePolicyName(queueArn)).toBe(rolePolicyName(queueArn))
    expect(rolePolicyName(queueArn)).not.toBe(rolePolicyName(queueArn.replace('us-east-1', 'us-east-2')))
  })

  test('keeps to what IAM takes as a name', () => {
    const name = rolePolicyName(`arn:aws:sqs:us-east-1:111122223333:${'q'.repeat(75)}.fifo`)
    expect(name.length).toBeLessThanOrEqual(128)
    expect(name).toMatch(/^[\w+=,.@-]+$/)
  })
})

test('what the owner of a queue or key in another account has to add', () => {
  expect(queuePolicyStatementFor(queueArn, roleArn)).toMatchObject({
    Sid: 'SqsTriggerCrossAccountPoll',
    Principal: { AWS: roleArn },
    Resource: queueArn,
  })
  expect(keyPolicyStatementFor(target, roleArn)).toEqual({
    Sid: 'SqsTriggerCrossAccountDecrypt',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEquals: { ...via, ...context } },
  })
})
