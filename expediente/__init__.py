"""expediente: los asuntos de una ventanilla municipal, sobre ficheros.

El paquete tiene cinco capas y las flechas sólo van hacia `nucleo`:

    cli → operaciones → {almacen, documentos} → nucleo

- `nucleo`: lo que dice el manual. Sin disco, sin reloj, sin pantalla; sólo la
  biblioteca estándar. `avance` es su corazón: qué paso puede darse y qué le falta.
- `almacen`: el disco. Ficheros que se escriben enteros o no se escriben, la
  carpeta de cada caso, el libro de oficios, la oficina.
- `documentos`: el papel. Plantillas de Word y lo que se escribe en ellas.
- `operaciones`: un verbo por función; junta las capas y no imprime nada.
- `cli`: el mostrador. Pregunta, llama a una operación y muestra el resultado.

Un procedimiento nuevo, un oficio nuevo o un informe nuevo son ficheros de la
oficina (`procedimientos/`, `plantillas/`, `informes/`), nunca código.
"""

__version__ = "0.1.0"
