import { AwsFault } from '../aws-fault.js'

/*
 * Errors of SQS. Each has the name of its shape and the code of the old query protocol: clients match on either.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */

export const queueDoesNotExist = () =>
  new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  })

/** `recorded: false` for texts that nobody has seen from AWS. */
export const invalidValue = (message: string, recorded = true) =>
  new AwsFault('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue', recorded })

export const missingParameter = (name: string) =>
  new AwsFault('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, {
    queryCode: 'MissingParameter',
    // The sentence is on record for this one parameter.
    recorded: name === 'MessageGroupId',
  })

/** Of the move tasks, which name queues by ARN. */
export const resourceNotFound = (parameter: 'SourceArn' | 'DestinationArn', recorded = true) =>
  new AwsFault(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    { status: 404, recorded },
  )

export const unknownAttribute = (name: string) =>
  new AwsFault('InvalidAttributeName', `Unknown Attribute ${name}.`)

export const invalidAttribute = (name: string, reason: string) =>
  new AwsFault('InvalidAttributeValue', `Invalid value for the parameter ${name}. Reason: ${reason}`, {
    recorded: false,
  })
