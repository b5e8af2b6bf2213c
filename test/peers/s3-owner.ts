/** Requests to an S3 service as the owner of a bucket makes them, past the store, to set the bucket up. */
import { AwsClient } from 'aws4fetch'

export interface Owner {
  readonly endpoint: string
  readonly access: string
  readonly secret: string
}

export interface Sent {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** @param request method and what is below the endpoint: `PUT bucket/key`, `PUT bucket?policy=` */
export async function askAsOwner(
  { endpoint, access, secret }: Owner,
  request: string,
  { body, headers = {} }: Sent = {},
): Promise<void> {
  const [method = '', path = ''] = request.split(' ')
  const client = new AwsClient({ accessKeyId: access, secretAccessKey: secret, service: 's3', retries: 0 })
  const response = await client.fetch(`${endpoint}/${path}`, {
    method,
    headers: { ...headers },
    ...(body ? { body } : {}),
  })
  if (!response.ok) throw new Error(`${request}: ${response.status} ${await response.text()}`)
}
