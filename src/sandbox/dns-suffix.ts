/** China has its own domain; service names in kms:ViaService and in queue URLs end in it. */
export const dnsSuffix = (partition: string) =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
