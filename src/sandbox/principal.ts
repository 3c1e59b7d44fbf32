/** Who an access key id stands for. Keys are looked up, never verified: the sandbox is not a security boundary. */
export type SandboxPrincipal =
  | {
      readonly kind: 'user'
      readonly account: string
      readonly userName: string
      readonly arn: string
      readonly userId: string
    }
  | {
      readonly kind: 'assumed-role'
      readonly account: string
      readonly roleArn: string
      /** arn:aws:sts::<account>:assumed-role/<role name>/<session name> */
      readonly arn: string
      readonly userId: string
      /** Session policy document given to AssumeRole. */
      readonly sessionPolicy?: unknown
    }
  | { readonly kind: 'root'; readonly account: string; readonly arn: string; readonly userId: string }
