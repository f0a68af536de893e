//! A rasteriser on the CPU behind kittest's renderer, so that pictures need no graphics system and come out the same
//! everywhere. Triangles, bilinear textures, premultiplied blending in gamma space: what egui paints with.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use egui::{Color32, TextureId, epaint::ImageData};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Textures that egui has sent so far.
#[derive(Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
}

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

impl Texture {
    fn texel(&self, x: i64, y: i64) -> [f32; 4] {
        let [w, h] = self.size;
        let x = x.clamp(0, w as i64 - 1) as usize;
        let y = y.clamp(0, h as i64 - 1) as usize;
        self.pixels[y * w + x].to_array().map(f32::from)
    }

    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.size[0] as f32 - 0.5, v * self.size[1] as f32 - 0.5);
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let (x0, y0) = (x0 as i64, y0 as i64);
        let corners = [
            (self.texel(x0, y0), (1.0 - fx) * (1.0 - fy)),
            (self.texel(x0 + 1, y0), fx * (1.0 - fy)),
            (self.texel(x0, y0 + 1), (1.0 - fx) * fy),
            (self.texel(x0 + 1, y0 + 1), fx * fy),
        ];
        std::array::from_fn(|c| corners.iter().map(|(texel, share)| texel[c] * share).sum())
    }
}

impl TestRenderer for Raster {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        for (id, deltas) in delta.set.drain().collect::<BTreeMap<_, _>>() {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let Some([left, top]) = delta.pos else {
                    self.textures.insert(id, Texture { size: image.size, pixels: image.pixels.clone() });
                    continue;
                };
                let texture = self.textures.get_mut(&id).unwrap();
                for (row, pixels) in image.pixels.chunks(image.size[0]).enumerate() {
                    let at = (top + row) * texture.size[0] + left;
                    texture.pixels[at..at + pixels.len()].copy_from_slice(pixels);
                }
            }
        }
        for id in delta.free.drain().collect::<BTreeSet<_>>() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut picture = RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba([0, 0, 0, 255]));
        for part in ctx.tessellate(output.shapes.clone(), scale) {
            let egui::epaint::Primitive::Mesh(mesh) = part.primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let clip = part.clip_rect * scale;
            for corners in mesh.indices.chunks_exact(3) {
                let corner = |at: usize| &mesh.vertices[corners[at] as usize];
                triangle(&mut picture, texture, clip, scale, [corner(0), corner(1), corner(2)]);
            }
        }
        Ok(picture)
    }
}

fn triangle(
    picture: &mut RgbaImage,
    texture: &Texture,
    clip: egui::Rect,
    scale: f32,
    corners: [&egui::epaint::Vertex; 3],
) {
    let points = corners.map(|corner| corner.pos * scale);
    let hull = egui::Rect::from_points(&points).intersect(clip);
    let side = |a: egui::Pos2, b: egui::Pos2, p: egui::Pos2| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    let area = side(points[0], points[1], points[2]);
    if area == 0.0 || !hull.is_positive() {
        return;
    }
    let inside = |at: u32, most: u32| at.min(most);
    let (right, low) =
        (inside(hull.max.x.ceil() as u32, picture.width()), inside(hull.max.y.ceil() as u32, picture.height()));
    for y in hull.min.y.max(0.0) as u32..low {
        for x in hull.min.x.max(0.0) as u32..right {
            let p = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
            if !clip.contains(p) {
                continue;
            }
            let shares: [f32; 3] = std::array::from_fn(|at| side(points[(at + 1) % 3], points[(at + 2) % 3], p) / area);
            // The edge between two triangles belongs to one of them.
            let edge = |at: usize| {
                let (a, b) = (points[(at + 1) % 3], points[(at + 2) % 3]);
                shares[at] > 0.0
                    || shares[at] == 0.0 && ((b.y - a.y) * area > 0.0 || a.y == b.y && (a.x - b.x) * area > 0.0)
            };
            if !(edge(0) && edge(1) && edge(2)) {
                continue;
            }
            let mix = |pick: &dyn Fn(&egui::epaint::Vertex) -> f32| -> f32 {
                (0..3).map(|at| pick(corners[at]) * shares[at]).sum()
            };
            let texel = texture.sample(mix(&|v| v.uv.x), mix(&|v| v.uv.y));
            let colour: [f32; 4] =
                std::array::from_fn(|c| mix(&|v| f32::from(v.color.to_array()[c])) * texel[c] / 255.0);
            let below = picture.get_pixel_mut(x, y);
            for c in 0..4 {
                below.0[c] =
                    (colour[c] + f32::from(below.0[c]) * (1.0 - colour[3] / 255.0)).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// Compares with a picture on disk; with UPDATE=1 in the environment it is written instead. A rounding apart is the same.
pub fn golden(path: &Path, found: &RgbaImage) {
    if std::env::var_os("UPDATE").is_some() {
        found.save(path).unwrap();
        return;
    }
    let differs = match image::open(path).map(image::DynamicImage::into_rgba8) {
        Ok(wanted) if wanted.dimensions() == found.dimensions() => {
            let far = |(a, b): &(&Rgba<u8>, &Rgba<u8>)| (0..4).any(|c| a.0[c].abs_diff(b.0[c]) > 8);
            wanted.pixels().zip(found.pixels()).filter(far).count()
        }
        _ => usize::MAX,
    };
    if differs > 0 {
        let beside = path.with_extension("found.png");
        found.save(&beside).unwrap();
        panic!("{} differs in {differs} pixels; see {} (UPDATE=1 writes it anew)", path.display(), beside.display());
    }
}
