// A device that is not changed before everything written down about it is on the disk: the intent, the new secret, the try.
import type { Device, DeviceOptions } from '../wsman/client.ts'

/** Methods that only ask, by their names; a question needs no intent. */
export const isQuestion = (method: string): boolean => /^(?:Get|Enumerate)/.test(method)

/** The same device; whatever may change it waits for `settled` first. */
export const behindDisk = (device: Device, settled: () => Promise<void>): Device => ({
  ...device,
  async put(target, content) {
    await settled()
    return device.put(target, content)
  },
  async create(target, content) {
    await settled()
    return device.create(target, content)
  },
  async delete(target) {
    await settled()
    return device.delete(target)
  },
  async invoke(target, method, content) {
    if (!isQuestion(method)) await settled()
    return device.invoke(target, method, content)
  }
})

/** Opens devices that way, whoever opens them: a try of a password is on the disk before it is sent, as well. */
export const openBehindDisk =
  (open: (options: DeviceOptions) => Device, settled: () => Promise<void>) =>
  (options: DeviceOptions): Device => {
    const onTry = async (): Promise<void> => {
      await options.onTry?.()
      await settled()
    }
    return behindDisk(open({ ...options, onTry }), settled)
  }
