import { answerTable, type Row } from './answer-table.js'

const recorded: readonly Row[] = [
  {
    service: 'lambda',
    name: 'TooManyRequestsException',
    text: 'Rate exceeded',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message:
      'Lambda is receiving too many requests from this account in eu-central-1; CreateEventSourceMapping was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
  {
    service: 'lambda',
    name: 'TooManyRequestsException',
    text: 'Rate Exceeded.',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message:
      'Lambda is receiving too many requests from this account in eu-central-1; CreateEventSourceMapping was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
  {
    service: 'lambda',
    name: 'ThrottlingException',
    text: 'Rate exceeded',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message:
      'Lambda is receiving too many requests from this account in eu-central-1; CreateEventSourceMapping was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
  {
    service: 'lambda',
    name: 'AccessDeniedException',
    text: 'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: lambda:CreateEventSourceMapping on resource: * because no identity-based policy allows the lambda:CreateEventSourceMapping action',
    slug: 'access-denied',
    code: 'ACCESS_DENIED',
    message:
      'arn:aws:iam::111122223333:user/dev may not call lambda:CreateEventSourceMapping: no identity-based policy allows it.',
    hint: 'Change the policies of the user or role that you call as, or ask whoever administers them. All that you need for this queue and function, to hand on:\nsqs-trigger policy orders worker --for caller --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'AccessDenied',
    text: 'User: arn:aws:sts::111122223333:assumed-role/dev/ana is not authorized to perform: sqs:receivemessage on resource: arn:aws:sqs:eu-central-1:111122223333:orders because no identity-based policy allows the sqs:receivemessage action',
    slug: 'access-denied',
    code: 'ACCESS_DENIED',
    message:
      'arn:aws:sts::111122223333:assumed-role/dev/ana may not call sqs:ReceiveMessage on arn:aws:sqs:eu-central-1:111122223333:orders: no identity-based policy allows it.',
    hint: 'Change the policies of the user or role that you call as, or ask whoever administers them.',
  },
  {
    service: 'sqs',
    name: 'AccessDenied',
    text: 'Access to the resource https://sqs.eu-central-1.amazonaws.com/ is denied.',
    slug: 'access-denied',
    code: 'ACCESS_DENIED',
    message:
      'AWS refused sqs:SendMessage: Access to the resource https://sqs.eu-central-1.amazonaws.com/ is denied.',
    hint: 'AWS did not say which policy is missing. Ask whoever administers this account for the right. All that you need for this queue and function, to hand on:\nsqs-trigger policy orders worker --for caller --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'KmsAccessDenied',
    text: 'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; …)',
    slug: 'queue-key-denied',
    code: 'ACCESS_DENIED',
    message: 'Queue "orders" is encrypted, and you may not use its key.',
    hint: "Sending needs kms:GenerateDataKey and kms:Decrypt on the key, receiving kms:Decrypt. The policy of the key:\naws kms get-key-policy --key-id '<key>' --policy-name default --region eu-central-1 --profile prod",
  },
  {
    service: 'sqs',
    name: 'KMS.AccessDeniedException',
    text: 'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the kms:Decrypt action',
    slug: 'queue-key-denied',
    code: 'ACCESS_DENIED',
    message:
      'Queue "orders" is encrypted, and arn:aws:iam::111122223333:user/dev may not call kms:Decrypt on arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: no resource-based policy allows it.',
    hint: 'Change the policy of the resource itself, in the account that owns it: ask its owner where that is not yours.\nSending needs kms:GenerateDataKey and kms:Decrypt on the key, receiving kms:Decrypt. The policy of the key:\naws kms get-key-policy --key-id arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --policy-name default --region eu-central-1 --profile prod',
  },
  {
    service: 'iam',
    name: 'Throttling',
    text: 'Rate exceeded',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message: 'IAM is receiving too many requests from this account in eu-central-1; GetRole was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
]

answerTable('recorded', recorded)

/** Only the name, or the words that are looked for: what AWS says in full is not recorded. */
const partly: readonly Row[] = [
  {
    service: 'sqs',
    name: 'KmsThrottled',
    text: '',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message: 'KMS is receiving too many requests from this account in eu-central-1; SendMessage was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
  {
    service: 'sqs',
    name: 'RequestThrottled',
    text: '',
    slug: 'too-many-requests',
    code: 'THROTTLED',
    message: 'SQS is receiving too many requests from this account in eu-central-1; SendMessage was refused.',
    hint: 'Wait a minute, then run the same command again.',
  },
]

answerTable('known in part', partly)
