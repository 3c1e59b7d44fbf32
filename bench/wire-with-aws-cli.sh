#!/usr/bin/env bash
# What `sqs-trigger wire --send-test` does, written with aws-cli: read and check, create, wait until Enabled, send,
# find the message in the function's log. It checks less, and is as short as such a script can be.
# usage: wire-with-aws-cli.sh <endpoint> <queue url> <queue arn> <function>
set -euo pipefail
endpoint=$1 queue_url=$2 queue_arn=$3 function=$4
aws() { command aws --endpoint-url "$endpoint" --output text "$@"; }

# Who am I, and may the role of the function poll this queue?
caller=$(aws sts get-caller-identity --query Arn)
read -r timeout role <<<"$(aws lambda get-function-configuration --function-name "$function" --query '[Timeout, Role]')"
visibility=$(aws sqs get-queue-attributes --queue-url "$queue_url" --attribute-names All --query Attributes.VisibilityTimeout)
[ "$visibility" -ge "$timeout" ] || { echo "the visibility timeout is below the function's timeout" >&2; exit 1; }
denied=$(aws iam simulate-principal-policy --policy-source-arn "$role" --resource-arns "$queue_arn" \
  --action-names sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes \
  --query "EvaluationResults[?EvalDecision!='allowed'].EvalActionName")
[ -z "$denied" ] || { echo "$role may not call $denied" >&2; exit 1; }
refused=$(aws iam simulate-principal-policy --policy-source-arn "$caller" --action-names lambda:CreateEventSourceMapping \
  --query "EvaluationResults[?EvalDecision!='allowed'].EvalActionName")
[ -z "$refused" ] || { echo "you may not call $refused" >&2; exit 1; }
existing=$(aws lambda list-event-source-mappings --event-source-arn "$queue_arn" --query 'length(EventSourceMappings)')
[ "$existing" = 0 ] || { echo "the queue has a mapping already" >&2; exit 1; }

uuid=$(aws lambda create-event-source-mapping --event-source-arn "$queue_arn" --function-name "$function" --query UUID)
until [ "$(aws lambda get-event-source-mapping --uuid "$uuid" --query State)" = Enabled ]; do sleep 0.5; done
message=$(aws sqs send-message --queue-url "$queue_url" --message-body '{"test":true}' --query MessageId)
for _ in 1 2 3 4 5 6 7 8 9 10; do
  found=$(aws logs filter-log-events --log-group-name "/aws/lambda/$function" --filter-pattern "\"$message\"" --query 'length(events)')
  [ "$found" != 0 ] && exit 0
  sleep 0.2
done
echo "the message was not found in the log" >&2
exit 1
