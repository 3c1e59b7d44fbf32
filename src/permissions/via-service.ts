const suffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
}

/**
 * The value of kms:ViaService when SQS uses a key; undefined for partitions where it is not documented.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function queueViaService(region: string, partition: string): string | undefined {
  const suffix = suffixes[partition]
  return suffix === undefined ? undefined : `sqs.${region}.${suffix}`
}
