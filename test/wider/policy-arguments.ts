export const key = 'key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** Nothing answers here, and nobody is signed in. */
export const nowhere = { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' } }

/** Everything given, so that AWS need not be asked. */
export const offline = (partition: string, region: string, ...more: readonly string[]) => [
  'policy',
  `arn:${partition}:sqs:${region}:111122223333:orders.fifo`,
  `arn:${partition}:lambda:${region}:111122223333:function:worker:live`,
  '--role-arn',
  `arn:${partition}:iam::111122223333:role/service-role/worker-role`,
  '--key-arn',
  `arn:${partition}:kms:${region}:111122223333:${key}`,
  ...more,
]
