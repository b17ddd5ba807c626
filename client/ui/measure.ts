/** How large a picture is, in pixels. */
import { isPicture } from './pictures.ts'

/** Nothing of what is no picture, or one that this browser cannot read. */
export async function measure(file: File): Promise<{ width?: number; height?: number }> {
  if (!isPicture(file.type)) return {}
  try {
    const picture = await createImageBitmap(file)
    const { width, height } = picture
    picture.close()
    return { width, height }
  } catch {
    return {}
  }
}
