#!/usr/bin/env python3
"""Writes decoded.jsonl: small image files of every format and feature, each with the pixels that a person sees.

    python3 make_goldens.py        # needs Pillow (with WebP and littlecms2), numpy and opencv-python

What is seen is the picture upright by its orientation tag, in sRGB, on white. Formats without loss are made here byte by byte from
known pixels, and Pillow or OpenCV must read those pixels from them; the others are what Pillow decodes. Every line is
{"name", "file" (base64), "width", "height", "rgb" (base64), "tolerance"}.
"""
import base64, io, json, os, struct, zlib
import cv2
import numpy as np
from PIL import Image, ImageCms, ImageOps

W, H = 14, 10
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'decoded.jsonl')
lines = []


# --- the picture: RGBA, asymmetric, half-transparent in parts ---------------------------------------------------------------------
def picture():
    y, x = np.mgrid[0:H, 0:W]
    return np.stack([x * 17 + 10, y * 23 + 20, (x * y) % 200 + 30], -1).clip(0, 255).astype(np.uint8)


def alpha_ramp():
    y, x = np.mgrid[0:H, 0:W]
    return (x * 19 + y * 3).clip(0, 255).astype(np.uint8)


def on_white(rgb, alpha):
    a = alpha.astype(float)[..., None] / 255
    return np.rint(rgb * a + 255 * (1 - a)).astype(np.uint8)


ORIENT = {1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1], 5: lambda a: a.swapaxes(0, 1),
          6: lambda a: np.rot90(a, -1), 7: lambda a: a[::-1, ::-1].swapaxes(0, 1), 8: lambda a: np.rot90(a, 1)}


def add(name, data, rgb, tolerance=1):
    rgb = np.ascontiguousarray(rgb)
    assert rgb.dtype == np.uint8 and rgb.shape[2] == 3, name
    lines.append(json.dumps({'name': name, 'file': base64.b64encode(data).decode(), 'width': rgb.shape[1], 'height': rgb.shape[0],
                             'rgb': base64.b64encode(rgb.tobytes()).decode(), 'tolerance': tolerance}))


def pillow(data, upright=True):
    image = Image.open(io.BytesIO(data))
    image.load()
    profile = image.info.get('icc_profile')
    if upright:
        image = ImageOps.exif_transpose(image)
    if image.mode in ('I', 'I;16'):
        image = Image.fromarray(np.rint(np.asarray(image) / 257).astype(np.uint8))
    image = image.convert('RGBA' if 'transparency' in image.info or image.mode in ('RGBA', 'LA', 'PA') else 'RGB')
    if profile:
        image = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile('sRGB'),
                                          renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC)
    pixels = np.asarray(image)
    return on_white(pixels[..., :3], pixels[..., 3]) if pixels.shape[2] == 4 else pixels


def agrees(name, data, rgb, tolerance=1, reader=pillow):
    got = reader(data)
    assert got.shape == rgb.shape, (name, got.shape, rgb.shape)
    worst = np.abs(got.astype(int) - rgb.astype(int)).max()
    assert worst <= tolerance, (name, worst)


# --- EXIF ---------------------------------------------------------------------------------------------------------------------------
def tiff(orientation, big=False, before=0, kind=3):
    order = '>' if big else '<'
    entries = [(0x010E + i, 3, 1, struct.pack(order + 'HH', 7, 0)) for i in range(before)]
    value = struct.pack(order + 'HH', orientation, 0) if kind == 3 else struct.pack(order + 'I', orientation)
    entries.append((0x0112, kind, 1, value))
    body = struct.pack(order + 'H', len(entries)) + b''.join(struct.pack(order + 'HHI', t, k, n) + v for t, k, n, v in entries)
    return (b'MM\0*' if big else b'II*\0') + struct.pack(order + 'I', 8) + body + b'\0\0\0\0'


# --- an ICC profile: Display P3's primaries (D50), one gamma ------------------------------------------------------------------------
def icc(gamma=2.2, gray=False):
    s15 = lambda v: struct.pack('>i', round(v * 65536))
    xyz = lambda *v: b'XYZ \0\0\0\0' + b''.join(map(s15, v))
    curve = b'curv\0\0\0\0\0\0\0\1' + struct.pack('>H', round(gamma * 256)) + b'\0\0'
    desc = b'desc\0\0\0\0\0\0\0\5test\0' + b'\0' * 78 + b'\0' * 3
    tags = [(b'desc', desc), (b'wtpt', xyz(0.9642, 1, 0.8249)), (b'cprt', b'text\0\0\0\0none\0\0\0\0')]
    tags += [(b'kTRC', curve)] if gray else [
        (b'rXYZ', xyz(0.5151, 0.2412, -0.0011)), (b'gXYZ', xyz(0.2919, 0.6922, 0.0419)), (b'bXYZ', xyz(0.1571, 0.0666, 0.7841)),
        (b'rTRC', curve), (b'gTRC', curve), (b'bTRC', curve)]
    at, table, body = 128 + 4 + 12 * len(tags), b'', b''
    for sign, content in tags:
        content += b'\0' * (-len(content) % 4)
        table += sign + struct.pack('>II', at + len(body), len(content))
        body += content
    head = struct.pack('>I4sI4s4s4s', at + len(body), b'\0\0\0\0', 0x02400000, b'mntr', b'GRAY' if gray else b'RGB ', b'XYZ ')
    head += struct.pack('>6H', 2026, 1, 1, 0, 0, 0) + b'acsp' + b'\0' * 28 + b''.join(map(s15, (0.9642, 1, 0.8249)))
    return head.ljust(128, b'\0') + struct.pack('>I', len(tags)) + table + body


def curve_to_srgb(values, exponent):
    """8-bit values of a gamma curve, in sRGB."""
    linear = (values.astype(float) / 255) ** exponent
    return np.rint(255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)).clip(0, 255).astype(np.uint8)


# --- PNG ----------------------------------------------------------------------------------------------------------------------------
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data) & 0xffffffff)


def png(samples, depth, color, before=(), after=(), interlaced=False):
    """samples: H x W x channels, values of `depth` bits."""
    def rows(part):
        out = b''
        for row in part:
            bits = ''.join(format(int(v), f'0{depth}b') for v in row.reshape(-1))
            bits += '0' * (-len(bits) % 8)
            out += b'\0' + int(bits, 2).to_bytes(len(bits) // 8, 'big')
        return out
    if interlaced:
        raw = b''
        for y0, x0, dy, dx in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)):
            part = samples[y0::dy, x0::dx]
            raw += rows(part) if part.size else b''
    else:
        raw = rows(samples)
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', samples.shape[1], samples.shape[0], depth, color, 0, 0, int(interlaced)))
    return (b'\x89PNG\r\n\x1a\n' + head + b''.join(chunk(*c) for c in before) + chunk(b'IDAT', zlib.compress(raw))
            + b''.join(chunk(*c) for c in after) + chunk(b'IEND', b''))


GAMA, SRGB = (b'gAMA', struct.pack('>I', 45455)), (b'sRGB', b'\0')
CHRM = (b'cHRM', struct.pack('>8I', 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000))
LINEAR = (b'gAMA', struct.pack('>I', 100000))
ICCP = (b'iCCP', b'test\0\0' + zlib.compress(icc()))
PROFILES = {'': [], ' gAMA': [GAMA], ' gAMA+cHRM': [GAMA, CHRM], ' cHRM': [CHRM], ' sRGB': [SRGB], ' sRGB+gAMA+cHRM': [SRGB, GAMA, CHRM],
            ' iCCP': [ICCP], ' gAMA 1.0': [LINEAR], ' gAMA 1.0+cHRM': [LINEAR, CHRM]}


def in_srgb(rgb, profile):
    if 'iCCP' in profile:
        image = Image.fromarray(rgb)
        return np.asarray(ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(icc())), ImageCms.createProfile('sRGB'),
                                                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC))
    return curve_to_srgb(rgb, 1.0) if '1.0' in profile else curve_to_srgb(rgb, 2.2) if 'gAMA' in profile and 'sRGB' not in profile else rgb


def palette_of(rgb):
    """The picture in 16 colors: indices, and the colors."""
    y, x = np.mgrid[0:H, 0:W]
    index = ((x // 4) + 4 * (y // 3)).clip(0, 15)
    colors = np.array([rgb[min(H - 1, 3 * (i // 4) + 1), min(W - 1, 4 * (i % 4) + 2)] for i in range(16)], np.uint8)
    return index, colors


def pngs():
    rgb, alpha = picture(), alpha_ramp()
    index, colors = palette_of(rgb)
    entry_alpha = np.array([255, 128, 0, 64, 200, 255, 32, 255, 128, 128, 255, 16, 90, 255, 255, 240], np.uint8)
    for name, extra in PROFILES.items():
        seen = in_srgb(rgb, name)
        tolerance = 3 if name else 1
        for interlaced in (False, True):
            how = name + (' interlaced' if interlaced else '')
            plain = name in ('', ' gAMA', ' sRGB', ' iCCP')
            cases = [('rgb 8', png(rgb, 8, 2, extra, interlaced=interlaced), seen),
                     ('rgba 8', png(np.dstack([rgb, alpha]), 8, 6, extra, interlaced=interlaced), on_white(seen, alpha))]
            seen_colors = in_srgb(colors[None], name)[0]
            plte = [(b'PLTE', colors.tobytes())]
            cases += [('indexed 8', png(index[..., None], 8, 3, extra + plte, interlaced=interlaced), seen_colors[index]),
                      ('indexed 8 tRNS', png(index[..., None], 8, 3, extra + plte + [(b'tRNS', entry_alpha.tobytes())], interlaced=interlaced),
                       on_white(seen_colors[index], entry_alpha[index])),
                      ('indexed 4 short tRNS', png(index[..., None], 4, 3, extra + plte + [(b'tRNS', entry_alpha[:4].tobytes())], interlaced=interlaced),
                       on_white(seen_colors[index], np.where(index < 4, entry_alpha[index], 255)))]
            if plain:
                deep = rgb.astype(int) * 257
                cases += [('rgb 16', png(deep, 16, 2, extra, interlaced=interlaced), seen),
                          ('rgba 16', png(np.dstack([deep, alpha.astype(int) * 257]), 16, 6, extra, interlaced=interlaced), on_white(seen, alpha))]
                key = rgb[4, 5]
                hit = (rgb == key).all(-1)
                cases += [('rgb 8 tRNS', png(rgb, 8, 2, extra + [(b'tRNS', struct.pack('>3H', *map(int, key)))], interlaced=interlaced),
                           on_white(seen, np.where(hit, 0, 255).astype(np.uint8))),
                          ('rgb 16 tRNS', png(deep, 16, 2, extra + [(b'tRNS', struct.pack('>3H', *(int(v) * 257 for v in key)))], interlaced=interlaced),
                           on_white(seen, np.where(hit, 0, 255).astype(np.uint8)))]
            if name in ('', ' gAMA', ' sRGB'):
                for depth in (1, 2, 4, 8, 16):
                    top = (1 << depth) - 1
                    gray = (rgb[..., 0].astype(int) * top + 127) // 255
                    shown = np.rint(gray * 255 / top).astype(np.uint8)
                    three = in_srgb(np.dstack([shown] * 3), name)
                    key = int(gray[4, 5])
                    cases += [(f'gray {depth}', png(gray[..., None], depth, 0, extra, interlaced=interlaced), three),
                              (f'gray {depth} tRNS', png(gray[..., None], depth, 0, extra + [(b'tRNS', struct.pack('>H', key))], interlaced=interlaced),
                               on_white(three, np.where(gray == key, 0, 255).astype(np.uint8)))]
                gray3 = in_srgb(np.dstack([rgb[..., 0]] * 3), name)
                cases += [('gray-alpha 8', png(np.dstack([rgb[..., 0], alpha]), 8, 4, extra, interlaced=interlaced), on_white(gray3, alpha)),
                          ('gray-alpha 16', png(np.dstack([rgb[..., 0].astype(int) * 257, alpha.astype(int) * 257]), 16, 4, extra, interlaced=interlaced),
                           on_white(gray3, alpha))]
                two = (index % 4)[..., None]
                for depth in (1, 2):
                    few = two % (1 << depth)
                    cases += [(f'indexed {depth} tRNS', png(few, depth, 3, extra + [(b'PLTE', colors[:1 << depth].tobytes()), (b'tRNS', entry_alpha[1:1 + (1 << depth)].tobytes())], interlaced=interlaced),
                               on_white(seen_colors[few[..., 0]], entry_alpha[1:][few[..., 0]]))]
            for what, data, expected in cases:
                # Pillow compares the transparent gray of fewer than 8 bits with values of 8, and OpenCV knows none: the samples themselves tell.
                if not name and what not in ('gray 2 tRNS', 'gray 4 tRNS', 'gray 1 tRNS', 'gray 16 tRNS'):
                    agrees(what, data, expected, 2 if '16' in what else 1,
                           reader=opencv if what in ('rgba 16', 'gray-alpha 16', 'rgb 16') else trns16 if 'rgb 16 tRNS' in what or 'gray 16 tRNS' in what else pillow)
                add(f'png {what}{how}', data, expected, tolerance)
    gray_icc = (b'iCCP', b'gray\0\0' + zlib.compress(icc(1.0, gray=True)))
    add('png gray 8 iCCP gray', png(rgb[..., :1], 8, 0, [gray_icc]), curve_to_srgb(np.dstack([rgb[..., 0]] * 3), 1.0), 3)
    for o in range(0, 10):
        turn = ORIENT.get(o, ORIENT[1])
        for where, kw in (('before', {'before': [(b'eXIf', tiff(o))]}), ('after', {'after': [(b'eXIf', tiff(o, big=True, before=2))]})):
            data = png(rgb, 8, 2, **kw)
            agrees(f'png eXIf {o}', data, turn(rgb), 0)
            add(f'png eXIf {o} {where} the picture', data, turn(rgb))
    for o in (3, 6):
        data = png(index[..., None], 8, 3, [GAMA, (b'eXIf', tiff(o)), (b'PLTE', colors.tobytes()), (b'tRNS', entry_alpha.tobytes())], interlaced=True)
        add(f'png indexed gAMA tRNS eXIf {o} interlaced', data, ORIENT[o](on_white(in_srgb(colors[None], 'gAMA')[0][index], entry_alpha[index])), 3)
        data = png(rgb, 8, 2, [(b'eXIf', b'Exif\0\0' + tiff(o))])
        add(f'png eXIf {o} with the prefix of JPEG', data, ORIENT[o](rgb))
        profile = b'\nexif\n' + str(6 + len(tiff(o))).rjust(8).encode() + b'\n' + (b'Exif\0\0' + tiff(o)).hex().encode() + b'\n'
        for kind, content in ((b'zTXt', b'Raw profile type exif\0\0' + zlib.compress(profile)), (b'tEXt', b'Raw profile type exif\0' + profile),
                              (b'zTXt', b'Raw profile type APP1\0\0' + zlib.compress(profile.replace(b'exif', b'APP1')))):
            data = png(rgb, 8, 2, [(kind, content)])
            if b'type exif' in content:
                agrees('raw profile', data, ORIENT[o](rgb), 0)
            add(f'png {content[17:21].decode()} profile in {kind.decode()} {o}', data, ORIENT[o](rgb))


def opencv(data):
    a = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    a = np.rint(a / 257).astype(np.uint8) if a.dtype == np.uint16 else a
    rgb = a[..., 2::-1]
    return on_white(rgb, a[..., 3]) if a.shape[2] == 4 else rgb


def trns16(data):
    """Pillow takes the transparent color of 16-bit PNGs for one of 8 bits; OpenCV knows its alpha."""
    return opencv(data)


# --- JPEG ---------------------------------------------------------------------------------------------------------------------------
def app1(data, payload):
    return data[:2] + b'\xff\xe1' + struct.pack('>H', len(payload) + 2) + payload + data[2:]


def jpegs():
    big = Image.fromarray(picture()).resize((28, 20), Image.Resampling.BILINEAR)
    def save(image=big, **kw):
        b = io.BytesIO(); image.save(b, 'JPEG', **{'quality': 95, 'subsampling': 0, **kw}); return b.getvalue()
    for o in range(0, 10):
        data = save(exif=b'Exif\0\0' + tiff(o, big=o % 2 == 1, before=o % 3))
        add(f'jpeg exif {o}', data, pillow(data), 3)
    late = app1(save(exif=b'Exif\0\0' + tiff(6)), b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    add('jpeg exif 6 behind XMP', late, pillow(late), 3)
    for name, kw in {'progressive': {'progressive': True}, '4:2:0': {'subsampling': 2}, 'restart': {'restart_marker_blocks': 1},
                     'iCCP': {'icc_profile': icc()}, 'progressive iCCP exif 8': {'icc_profile': icc(), 'progressive': True, 'exif': b'Exif\0\0' + tiff(8)}}.items():
        data = save(**kw)
        add(f'jpeg {name}', data, pillow(data), 16 if '4:2:0' in name else 5)
    gray = save(big.convert('L'))
    add('jpeg gray', gray, pillow(gray), 3)
    cmyk = save(big.convert('CMYK'))
    add('jpeg cmyk', cmyk, pillow(cmyk), 5)
    # Without its end marker: the picture is whole.
    for name, kw in {'baseline': {}, 'progressive': {'progressive': True}, 'restart': {'restart_marker_blocks': 2}, '4:2:0': {'subsampling': 2},
                     'progressive 4:2:0': {'progressive': True, 'subsampling': 2}, 'optimized': {'optimize': True}}.items():
        for fmt in ('RGB', 'L'):
            data = save(big.convert(fmt), **kw)
            assert data.endswith(b'\xff\xd9')
            add(f'jpeg {name} {fmt} without an end', data[:-2], pillow(data), 16 if '4:2:0' in name else 3)
            add(f'jpeg {name} {fmt} with half an end', data[:-1], pillow(data), 16 if '4:2:0' in name else 3)


# --- WebP ---------------------------------------------------------------------------------------------------------------------------
def with_exif(webp, payload):
    at = webp.index(b'EXIF')
    body = webp[:at] + b'EXIF' + struct.pack('<I', len(payload)) + payload + b'\0' * (len(payload) % 2)
    return body[:4] + struct.pack('<I', len(body) - 8) + body[8:]


def webps():
    rgb, alpha = picture(), alpha_ramp()
    opaque, clear = Image.fromarray(rgb), Image.fromarray(np.dstack([rgb, alpha]), 'RGBA')
    def save(image, **kw):
        b = io.BytesIO(); image.save(b, 'WEBP', **{'lossless': True, 'exact': True, **kw}); return b.getvalue()
    for o in range(0, 10):
        data = save(opaque, exif=tiff(o, big=o % 2 == 0))
        agrees(f'webp {o}', data, ORIENT.get(o, ORIENT[1])(rgb), 0)
        add(f'webp exif {o}', data, ORIENT.get(o, ORIENT[1])(rgb))
        add(f'webp exif {o} prefixed', with_exif(data, b'Exif\0\0' + tiff(o, big=o % 2 == 0)), ORIENT.get(o, ORIENT[1])(rgb))
    add('webp alpha', save(clear), on_white(rgb, alpha))
    add('webp alpha iCCP', save(clear, icc_profile=icc()), on_white(in_srgb(rgb, 'iCCP'), alpha), 3)
    add('webp iCCP', save(opaque, icc_profile=icc()), in_srgb(rgb, 'iCCP'), 3)
    flat = save(Image.new('RGB', (W, H), (90, 140, 60)), lossless=False, quality=90)
    add('webp lossy', flat, pillow(flat), 3)
    lossy = save(Image.fromarray(np.dstack([np.full((H, W, 3), (90, 140, 60), np.uint8), alpha]), 'RGBA'), lossless=False, quality=95, alpha_quality=100)
    add('webp lossy alpha', lossy, on_white(np.full((H, W, 3), (90, 140, 60), np.uint8), alpha), 4)
    two = save(clear, save_all=True, append_images=[Image.new('RGBA', (W, H), (1, 2, 3, 255))], duration=100)
    add('webp animation', two, on_white(rgb, alpha))


# --- GIF ----------------------------------------------------------------------------------------------------------------------------
def gifs():
    index, colors = palette_of(picture())
    def save(**kw):
        image = Image.fromarray(index.astype(np.uint8), 'P'); image.putpalette(colors.tobytes())
        b = io.BytesIO(); image.save(b, 'GIF', **{'interlace': 0, 'optimize': False, **kw}); return b.getvalue()
    seen = colors[index]
    hole = np.where(index == 5, 0, 255).astype(np.uint8)
    for interlace in (0, 1):
        how = ' interlaced' if interlace else ''
        agrees('gif', save(interlace=interlace), seen, 0)
        add(f'gif{how}', save(interlace=interlace), seen)
        agrees('gif', save(interlace=interlace, transparency=5), on_white(seen, hole), 0)
        add(f'gif transparent{how}', save(interlace=interlace, transparency=5), on_white(seen, hole))
    data = bytearray(save(transparency=5))
    # The same frame on a larger canvas: what it does not cover is transparent.
    struct.pack_into('<HH', data, 6, W + 4, H + 3)
    at = data.index(b'\x2c\0\0\0\0')
    struct.pack_into('<HH', data, at + 1, 3, 2)
    canvas = np.full((H + 3, W + 4, 3), 255, np.uint8)
    canvas[2:2 + H, 3:3 + W] = on_white(seen, hole)
    add('gif smaller than its canvas', bytes(data), canvas)


# --- BMP ----------------------------------------------------------------------------------------------------------------------------
def bmp(header, bits, compression, rows, palette=b'', masks=(), height=H, extra_masks=False, tail=b''):
    """rows: the pixel bytes, bottom row first unless the height is negative."""
    size = len(rows)
    if header == 12:
        head = struct.pack('<IHHHH', 12, W, height, 1, bits)
    else:
        head = struct.pack('<IiiHHIIiiII', header, W, height, 1, bits, compression, size, 2835, 2835, len(palette) // 4, 0)
        if header >= 52 and header != 64:
            head += struct.pack('<4I', *(tuple(masks) + (0, 0, 0, 0))[:4])
            head += (b'BGRs' if header >= 108 else b'')
        head = head[:header].ljust(header, b'\0')
    if header in (40, 64) and masks:
        head += b''.join(struct.pack('<I', m) for m in masks)
    at = 14 + len(head) + len(palette)
    return b'BM' + struct.pack('<IHHI', at + size + len(tail), 0, 0, at) + head + palette + rows + tail


def bmps():
    rgb, alpha = picture(), alpha_ramp()
    index, colors = palette_of(rgb)
    up = lambda a: a[::-1]
    def packed(samples, bits):
        out = b''
        for row in up(samples):
            text = ''.join(format(int(v), f'0{bits}b') for v in row)
            text += '0' * (-len(text) % 32)
            out += int(text, 2).to_bytes(len(text) // 8, 'big')
        return out
    def words(values, form):
        out = b''
        for row in up(values):
            line = b''.join(struct.pack(form, int(v)) for v in row)
            out += line + b'\0' * (-len(line) % 4)
        return out
    quad = b''.join(bytes([c[2], c[1], c[0], 0]) for c in colors)
    triple = b''.join(bytes([c[2], c[1], c[0]]) for c in colors)
    for bits in (1, 4, 8):
        few = index % (1 << min(bits, 4))
        for header in (12, 40, 52, 56, 64, 108, 124):
            if header == 12:
                table = triple[:3 << bits].ljust(3 << bits, b'\0')
            else:
                table = quad[:4 << bits]
            data = bmp(header, bits, 0, packed(few, bits), table)
            if header in (12, 40, 64, 108, 124):
                agrees(f'bmp {bits}', data, colors[few], 0)
            add(f'bmp {bits} bits header {header}', data, colors[few])
    pixel = lambda r, g, b, a=None: (r.astype(np.int64), g.astype(np.int64), b.astype(np.int64), None if a is None else a.astype(np.int64))
    r, g, b, a = pixel(rgb[..., 0], rgb[..., 1], rgb[..., 2], alpha)
    x32 = words(r << 16 | g << 8 | b, '<I')
    a32 = words(a << 24 | r << 16 | g << 8 | b, '<I')
    rows24 = b''.join(row.tobytes() + b'\0' * (-len(row.tobytes()) % 4) for row in up(rgb[..., ::-1]))
    top24 = b''.join(row.tobytes() + b'\0' * (-len(row.tobytes()) % 4) for row in rgb[..., ::-1])
    for header in (12, 40, 52, 56, 64, 108, 124):
        add(f'bmp 24 bits header {header}', bmp(header, 24, 0, rows24), rgb)
        if header == 12:
            continue
        add(f'bmp 32 bits header {header}', bmp(header, 32, 0, x32), rgb)
    add('bmp 24 bits from the top', bmp(40, 24, 0, top24, height=-H), rgb)
    # Without masks the fourth byte means nothing.
    add('bmp 32 bits header 40, fourth byte filled', bmp(40, 32, 0, a32), rgb)
    m888 = (0xff0000, 0xff00, 0xff)
    m8888 = m888 + (0xff000000,)
    for header in (40, 52, 56, 108, 124):
        add(f'bmp 32 bits masks header {header}', bmp(header, 32, 3, x32, masks=m888), rgb)
    for header in (56, 108, 124):
        data = bmp(header, 32, 3, a32, masks=m8888)
        header > 56 and agrees(f'bmp alpha {header}', data, on_white(rgb, alpha), 1)
        add(f'bmp 32 bits alpha mask header {header}', data, on_white(rgb, alpha))
        full = bmp(header, 32, 3, x32, masks=m888 + (0,))
        add(f'bmp 32 bits no alpha mask header {header}', full, rgb)
        # RGBA in memory, as libwebp and others write it.
        swapped = words(a << 24 | b << 16 | g << 8 | r, '<I')
        data = bmp(header, 32, 3, swapped, masks=(0xff, 0xff00, 0xff0000, 0xff000000))
        header > 56 and agrees(f'bmp swapped {header}', data, on_white(rgb, alpha), 1)
        add(f'bmp 32 bits alpha mask swapped header {header}', data, on_white(rgb, alpha))
        front = words(r << 24 | g << 16 | b << 8 | a, '<I')
        add(f'bmp 32 bits alpha mask lowest header {header}', bmp(header, 32, 3, front, masks=(0xff000000, 0xff0000, 0xff00, 0xff)), on_white(rgb, alpha))
        # 16 bits: 4444 and 1555.
        v4 = (a >> 4) << 12 | (r >> 4) << 8 | (g >> 4) << 4 | b >> 4
        e4 = np.dstack([(c >> 4) * 17 for c in (r, g, b)]).astype(np.uint8)
        add(f'bmp 16 bits 4444 header {header}', bmp(header, 16, 3, words(v4, '<H'), masks=(0xf00, 0xf0, 0xf, 0xf000)), on_white(e4, ((a >> 4) * 17).astype(np.uint8)), 2)
        on = a >= 128
        v5 = on.astype(np.int64) << 15 | (r >> 3) << 10 | (g >> 3) << 5 | b >> 3
        e5 = np.dstack([np.rint((c >> 3) * 255 / 31) for c in (r, g, b)]).astype(np.uint8)
        add(f'bmp 16 bits 1555 header {header}', bmp(header, 16, 3, words(v5, '<H'), masks=(0x7c00, 0x3e0, 0x1f, 0x8000)), on_white(e5, np.where(on, 255, 0).astype(np.uint8)), 2)
        v10 = (a >> 6) << 30 | (r << 2) << 20 | (g << 2) << 10 | b << 2
        e2 = np.rint((a >> 6) * 85).astype(np.uint8)
        add(f'bmp 32 bits 2-10-10-10 header {header}', bmp(header, 32, 3, words(v10, '<I'), masks=(0x3ff00000, 0xffc00, 0x3ff, 0xc0000000)), on_white(rgb, e2), 2)
        top = bmp(header, 32, 3, b''.join(a32[i:i + 4 * W] for i in range((H - 1) * 4 * W, -1, -4 * W)), masks=m8888, height=-H)
        header > 56 and agrees(f'bmp top {header}', top, on_white(rgb, alpha), 1)
        add(f'bmp 32 bits alpha mask from the top header {header}', top, on_white(rgb, alpha))
        data = bmp(header, 32, 3, x32, masks=m8888)
        header > 56 and agrees(f'bmp clear {header}', data, np.full_like(rgb, 255), 0)
        add(f'bmp 32 bits alpha mask all clear header {header}', data, np.full_like(rgb, 255))
    add('bmp 32 bits alpha masks behind header 40', bmp(40, 32, 6, a32, masks=m8888), on_white(rgb, alpha))
    for header in (40, 52, 56, 108, 124):
        v565 = (r >> 3) << 11 | (g >> 2) << 5 | b >> 3
        e565 = np.dstack([np.rint((r >> 3) * 255 / 31), np.rint((g >> 2) * 255 / 63), np.rint((b >> 3) * 255 / 31)]).astype(np.uint8)
        add(f'bmp 16 bits 565 header {header}', bmp(header, 16, 3, words(v565, '<H'), masks=(0xf800, 0x7e0, 0x1f)), e565, 2)
        v555 = (r >> 3) << 10 | (g >> 3) << 5 | b >> 3
        e555 = np.dstack([np.rint((c >> 3) * 255 / 31) for c in (r, g, b)]).astype(np.uint8)
        add(f'bmp 16 bits plain header {header}', bmp(header, 16, 0, words(v555, '<H')), e555, 2)
    # Runs: each row as pairs of count and index.
    runs8 = b''.join(b''.join(bytes([1, int(v)]) for v in row) + b'\0\0' for row in up(index)) + b'\0\1'
    runs4 = b''.join(b''.join(bytes([1, int(v) << 4]) for v in row) + b'\0\0' for row in up(index)) + b'\0\1'
    for header in (40, 56, 108, 124):
        add(f'bmp runs of 8 bits header {header}', bmp(header, 8, 1, runs8, quad), colors[index])
        add(f'bmp runs of 4 bits header {header}', bmp(header, 4, 2, runs4, quad), colors[index])


for make in (jpegs, pngs, webps, gifs, bmps):
    make()
assert len({json.loads(line)['name'] for line in lines}) == len(lines)
with open(OUT, 'w', encoding='ascii') as out:
    out.write('\n'.join(lines) + '\n')
print(len(lines), 'files,', os.path.getsize(OUT), 'bytes')
