import { describe, expect, it } from 'vitest'
import { troubleOf } from '../../../src/stores/rclone/trouble.js'

/** As providers and systems word it, after what rclone puts before it. */
const SAID = {
  'store-full': [
    'Failed to rcat: write /mnt/x: no space left on device',
    'Failed to rcat: preallocate: file too big for remaining disk space',
    "googleapi: Error 403: The user's Drive storage quota has been exceeded., storageQuotaExceeded",
    'QuotaExceeded: status code: 403, request id: tx0001',
    'Failed to copy: Insufficient Storage: 507 Insufficient Storage',
    'upload failed: path/insufficient_space/..',
    'write x: disk quota exceeded',
  ],
  'store-denied': [
    'Failed to rcat: mkdir /mnt/x: permission denied',
    'mkdir /sys/x: operation not permitted',
    'Update mkParentDir failed: Unauthorized: 401 Unauthorized',
    'AccessDenied: Access Denied status code: 403, request id: tx0001',
    'InvalidAccessKeyId: status code: 403',
    'couldn\'t fetch token - maybe it has expired? - refresh with "rclone config reconnect"',
    'googleapi: Error 403: Insufficient Permission: insufficientPermissions',
    'open x: read-only file system',
  ],
  'store-unreachable': [
    'dial tcp 127.0.0.1:9: connect: connection refused',
    'googleapi: Error 403: User Rate Limit Exceeded, userRateLimitExceeded',
    "googleapi: Error 403: Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'",
    "didn't find section in config file",
    'something that nobody has heard of',
    '',
  ],
} as const

describe('what rclone says', () => {
  it.each(Object.entries(SAID))('is %s', (code, all) => {
    for (const said of all) expect([said, troubleOf(1, said).code]).toEqual([said, code])
  })

  it('is not asked when it was stopped', () => {
    expect(troubleOf('stopped', 'permission denied').code).toBe('store-unreachable')
  })
})
