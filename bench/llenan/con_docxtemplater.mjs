// Llena cartas con docxtemplater: node con_docxtemplater.mjs PLANTILLA DATOS.json CARPETA
// Dice los segundos que tardó. La plantilla se lee una vez y se compila en cada carta, que
// es como se usa la biblioteca.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const pedir = createRequire(join(process.cwd(), "con_docxtemplater.mjs"));
const PizZip = pedir("pizzip");
const Docxtemplater = pedir("docxtemplater");

const [plantilla, datos, carpeta] = process.argv.slice(2);
const cartas = JSON.parse(readFileSync(datos, "utf8"));
const modelo = readFileSync(plantilla);

const inicio = process.hrtime.bigint();
cartas.forEach((campos, numero) => {
  const carta = new Docxtemplater(new PizZip(modelo), { paragraphLoop: true, linebreaks: true });
  carta.render(campos);
  const nombre = String(numero).padStart(5, "0") + ".docx";
  writeFileSync(
    join(carpeta, nombre),
    carta.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }),
  );
});
console.log(Number(process.hrtime.bigint() - inicio) / 1e9);
