"""Plantillas y datos hechos para hacer daño, y cómo escribirlos en un .docx de verdad.

Los paquetes se arman a mano, byte por byte, porque ni Word ni python-docx escriben esto.
"""

import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELACIONES = "http://schemas.openxmlformats.org/package/2006/relationships"
_TIPOS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)

# Las que ejecutan código o se salen de los datos, de los avisos públicos de docxtpl y Jinja.
CARGAS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ namespace.__init__.__globals__.os.system('id') }}",
    "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ n['__class__']['__base__'] }}",
    "{{ n|attr('__class__')|attr('__mro__') }}",
    "{{ [n]|map('attr', '__class__')|list }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(n) }}",
    "{{ '%s'|format(n.__class__) }}",
    "{% for c in [].__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
    "{% set x = cycler.__init__.__globals__ %}{{ x }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.system('id') }}",
)

NOMBRES_ASPEROS = (
    "Núñez & Hijos <S.A.>", "A & B", "<b>x</b>", "]]>", "<![CDATA[x]]>", "&amp;", "&#10;", "&lt;",
    "O'Brien", 'Juan "El Güero"', "“Ana”", "Ñandú", "María José", "Zoë", "İstanbul", "łódź",
    "你好", "مرحبا", "👩‍👧 familia", "🇲🇽", "a\u00a0b", "  con espacios  ", "{{ x }}", "{% if x %}",
    "{# x #}", "}}", "%}", "<?etiqueta 0?>", "\\1 \\g<0> %s $1", "<w:p/></w:t>", "--", "x\u2028y",
)  # fmt: skip

# C0 y C1, con el 7F; de éstos, sólo el tabulador y el salto de renglón se imprimen.
DE_CONTROL = tuple(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
NO_CARACTERES = ("\ufffe", "\uffff", "\ud800", "\udbff", "\udc00", "\udfff")

_NUEVE = "{% for a in range(999) %}"
_TEXTO = "{% set t = range(999)|join('aaaaaaaaaaaaaaaaaaaa') %}"
_LISTAS = "{% set l = [0] %}{% set m = [0] %}" + "{% set l = [l, l] %}{% set m = [m, m] %}" * 40
# Cada una, escrita como párrafos; las que pesan se miden aparte, en `test_hostiles`.
AGOTADORAS: dict[str, tuple[str, ...]] = {
    "un texto de mil millones": ("{{ 'a' * 10**9 }}",),
    "una lista de mil millones": ("{{ [1] * 10**9 }}",),
    "una potencia sin fin": ("{{ 9**64**9 }}",),
    "un cuadrado de cuadrados": ("{% set x = 9 %}" + "{% set x = x * x %}" * 50 + "{{ x }}",),
    "un rango enorme": ("{{ range(10**9)|list }}",),
    "un ancho enorme": ("{{ '%1000000000d' % 1 }}",),
    "bucles anidados": (_NUEVE * 3, "{% endfor %}" * 3),
    "bucles anidados sin escribir": (
        _NUEVE * 2 + "{% set x = 'abc'" + "|title" * 150 + " %}" + "{% endfor %}" * 2,
    ),
    "bloques sin fondo": ("{% for a in n %}" * 400 + "{% endfor %}" * 400,),
    "un join gigante": (_TEXTO + "{{ range(999)|join(t) }}",),
    "un replace gigante": (_TEXTO + "{{ t|replace('a', t) }}",),
    "un replace de nada": (_TEXTO + "{{ t|replace('', t) }}",),
    "textos que se doblan": (_TEXTO + "{% set t = t ~ t %}" * 40,),
    "muchos textos medianos": (
        _TEXTO + "".join(f"{{% set t{n} = t ~ {n} %}}" for n in range(2000)),
    ),
    "muchas listas medianas": (
        "{% set l = range(999)|list %}{% set l = l + l + l + l + l %}",
        "".join(f"{{% set l{n} = l[:] + l %}}" for n in range(2000)),
    ),
    "listas de listas que se comparan": (_LISTAS + "{{ l == m }}",),
    "listas de listas que se prueban": (_LISTAS + "{{ l is eq m }}",),
    "listas de listas que se buscan": (_LISTAS + "{% if l in [m] %}a{% endif %}",),
    "listas de listas como texto": (_LISTAS + "{{ l|string }}",),
    "listas de listas pegadas": (_LISTAS + "{{ l ~ m }}",),
    "listas de listas como nombre de imagen": (_LISTAS + "{{ imagen(l) }}",),
    "listas de listas como cantidad": (_LISTAS + "{{ l|plural('a', 'b') }}",),
    "tuplas de tuplas como clave": ("{% set t = (0,) %}" + "{% set t = (t, t) %}" * 40
                                    + "{{ {1: 2}[t] }}",),
    "faltantes que se doblan": ("{% set x = nada %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",),
    "faltantes en cien mil renglones": (
        _NUEVE + "{% for b in range(99) %}{{ nada }}{{ nadie }}{% endfor %}{% endfor %}",
    ),
    "un cuerpo enorme repetido": (_NUEVE, *["x" * 150_000] * 3, "{% endfor %}"),
    "filtros en cadena": (_TEXTO + ("{% set t = t" + "|title" * 150 + " %}") * 30,),
    "mil parentesis": ("{{ " + "(" * 3900 + " }}",),
    "mil sumas": ("{{ 1" + " + 1" * 900 + " }}",),
    "mil corchetes": ("{{ n" + "[n" * 1300 + "]" * 1300 + " }}",),
    "cien mil llaves": ("{{" * 50_000,),
    "cien mil comillas": ("{{ '" * 40_000,),
    "cien mil etiquetas": ("{{ n }}" * 20_000,),
    "tres mil etiquetas malas": ("{{ a b }}" * 2900,),
    "tantas buenas y una mala": ("{{ n|upper|lower }}" * 2500 + "{{ x y }}",),
}  # fmt: skip


def parrafos_de(*textos: str) -> str:
    """El XML de unos párrafos de un run."""
    return "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(texto)}</w:t></w:r></w:p>' for texto in textos
    )


def _parte(raiz: str, dentro: str) -> str:
    return f"<w:{raiz} {W}>{dentro}</w:{raiz}>"


def _en_cuadro(texto: str) -> str:
    cuadro = f"<w:txbxContent>{parrafos_de(texto)}</w:txbxContent>"
    return (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<v:textbox>{cuadro}</v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def _cuerpo(dentro: str) -> dict[str, str]:
    return {"word/document.xml": _parte("document", f"<w:body>{dentro}<w:sectPr/></w:body>")}


def _nota(clase: str) -> Callable[[str], dict[str, str]]:
    def escribir(texto: str) -> dict[str, str]:
        nota = f'<w:{clase} w:id="2">{parrafos_de(texto)}</w:{clase}>'
        return {f"word/{clase}s.xml": _parte(f"{clase}s", nota)}

    return escribir


LUGARES: dict[str, Callable[[str], dict[str, str]]] = {
    "cuerpo": lambda texto: _cuerpo(parrafos_de(texto)),
    "tabla": lambda texto: _cuerpo(
        f"<w:tbl><w:tr><w:tc>{parrafos_de(texto)}</w:tc></w:tr></w:tbl>"
    ),
    "encabezado": lambda texto: {"word/header1.xml": _parte("hdr", parrafos_de(texto))},
    "pie": lambda texto: {"word/footer1.xml": _parte("ftr", parrafos_de(texto))},
    "nota al pie": _nota("footnote"),
    "nota al final": _nota("endnote"),
    "cuadro de texto": lambda texto: _cuerpo(_en_cuadro(texto)),
    "control de contenido": lambda texto: _cuerpo(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{parrafos_de(texto)}</w:sdtContent></w:sdt>"
    ),
    "propiedades": lambda texto: {
        "docProps/core.xml": '<p:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"<dc:title>{escape(texto)}</dc:title></p:coreProperties>"
    },
}


def docx(
    partes: Mapping[str, str | bytes], metodo: int = zipfile.ZIP_DEFLATED, tipos: str = _TIPOS
) -> bytes:
    """Un .docx con esas partes; el cuerpo, si no viene, está vacío."""
    todas = {"[Content_Types].xml": tipos, **_cuerpo(parrafos_de("")), **partes}
    salida = BytesIO()
    with zipfile.ZipFile(salida, "w", metodo) as paquete:
        for nombre, contenido in todas.items():
            paquete.writestr(nombre, contenido)
    return salida.getvalue()


def docx_con(lugar: str, texto: str) -> bytes:
    """Un .docx con el texto en ese lugar."""
    return docx(LUGARES[lugar](texto))


def relacion(clase: str, destino: str, externa: bool = True) -> dict[str, str]:
    """Una relación del cuerpo, como la escribe Word."""
    modo = ' TargetMode="External"' if externa else ""
    una = f'<Relationship Id="r1" Type="{_R}/{clase}" Target="{destino}"{modo}/>'
    todas = f'<Relationships xmlns="{_RELACIONES}">{una}</Relationships>'
    return {"word/_rels/document.xml.rels": todas}


def campo(*trozos: str) -> dict[str, str]:
    """Un campo de Word, con su código partido en esos runs."""
    marca = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    codigo = "".join(f"<w:r><w:instrText>{escape(t)}</w:instrText></w:r>" for t in trozos)
    return _cuerpo(f"<w:p>{marca.format('begin')}{codigo}{marca.format('end')}</w:p>")


def encimado(copias: int = 50) -> bytes:
    """Un zip cuyos miembros comparten los mismos bytes, como las bombas que no se anidan."""
    bueno = docx({"word/bomba.xml": "a" * 900_000}, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(BytesIO(bueno)) as paquete:
        ficha = paquete.getinfo("word/bomba.xml")
        inicio = paquete.start_dir
    directorio = bueno[inicio : bueno.rindex(b"PK\5\6")]
    crudo = ficha.compress_size
    for numero in range(copias):
        nombre = f"word/bomb{numero}.xml".encode()
        directorio += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, ficha.CRC, crudo, ficha.file_size,
            len(nombre), 0, 0, 0, 0, 0, ficha.header_offset,
        ) + nombre  # fmt: skip
    total = directorio.count(b"PK\1\2")
    final = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, total, total, len(directorio), inicio, 0)
    return bueno[:inicio] + directorio + final


def mentiroso() -> bytes:
    """Un zip que declara que un miembro mide mil letras y al descomprimirlo mide 20 millones."""
    nombre = b"word/bomba.xml"
    paquete = bytearray(docx({nombre.decode(): b"a" * 20_000_000}))
    struct.pack_into("<L", paquete, paquete.index(nombre) - 30 + 22, 1000)
    struct.pack_into("<L", paquete, paquete.rindex(nombre) - 46 + 24, 1000)
    return bytes(paquete)


def medir(nombre: str, carpeta: str) -> None:
    """Llena una de las AGOTADORAS e imprime segundos, megas y el error. Es para un hijo."""
    import resource

    from expediente.documentos.plantilla import compilar
    from expediente.nucleo.errores import DatosInvalidos

    ruta = Path(carpeta) / "o.docx"
    ruta.write_bytes(docx(_cuerpo(parrafos_de(*AGOTADORAS[nombre])), zipfile.ZIP_STORED))
    empezo = perf_counter()
    try:
        compilar(ruta).llenar({"n": "Ana"})
        mensaje = "salió"
    except DatosInvalidos as error:
        mensaje = error.mensaje
    megas = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{perf_counter() - empezo:.2f}\t{megas:.0f}\t{mensaje}")
