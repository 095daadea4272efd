"""La tabla de órdenes y la única frontera donde un error se vuelve texto y código."""

from collections.abc import Sequence
from pathlib import Path

import click

from expediente import __version__
from expediente.cli.pantalla import avisar, en_json
from expediente.cli.perezoso import GrupoDeOrdenes, GrupoPerezoso, Orden, Tabla
from expediente.cli.salidas import con_salidas
from expediente.nucleo.errores import ErrorExpediente, ErrorUso

_CASO = "expediente.cli.ordenes_caso"
_LISTA = "expediente.cli.ordenes_lista"
_CAMBIO = "expediente.cli.ordenes_cambio"
_EVENTO = "expediente.cli.ordenes_evento"
_OFICIO = "expediente.cli.ordenes_oficio"
_LIBRO = "expediente.cli.ordenes_libro"
_OFICINA = "expediente.cli.ordenes_oficina"
_ARCHIVO = "expediente.cli.ordenes_archivo"
_ENTREGA = "expediente.cli.ordenes_entrega"
_CORTE = "expediente.cli.ordenes_corte"
_MANUAL = "expediente.cli.ordenes_manual"
_PLANTILLA = "expediente.cli.ordenes_plantilla"
_MEMBRETE = "expediente.cli.ordenes_membrete"
_INDICE = "expediente.cli.ordenes_indice"

ORDENES: Tabla = {
    "demo": Orden(f"{_OFICINA}:demo", "Hace un día entero de oficina, para conocer el programa."),
    "iniciar": Orden(f"{_OFICINA}:iniciar", "Pone una oficina nueva en una carpeta."),
    "abrir": Orden("expediente.cli.ordenes_abrir:abrir", "Abre un expediente, o muchos."),
    "ver": Orden(f"{_CASO}:ver", "Enseña un expediente y lo que toca hacer."),
    "listar": Orden(f"{_LISTA}:listar", "Lista expedientes."),
    "pendientes": Orden(f"{_LISTA}:pendientes", "Lo que toca hacer, lo urgente primero."),
    "buscar": Orden("expediente.cli.ordenes_buscar:buscar", "Busca por nombre, CURP o número."),
    "historial": Orden(f"{_CASO}:historial", "Todo lo que pasó en un expediente."),
    "plazo": Orden(f"{_CASO}:plazo", "Explica, día por día, cuándo vence."),
    "avanzar": Orden(f"{_CAMBIO}:avanzar", "Da un paso en uno o muchos expedientes."),
    "anotar": Orden(f"{_CAMBIO}:anotar", "Añade una nota."),
    "prevenir": Orden(f"{_EVENTO}:prevenir", "Pide, una vez, lo que falta."),
    "suspender": Orden(f"{_EVENTO}:suspender", "Detiene los plazos."),
    "reanudar": Orden(f"{_EVENTO}:reanudar", "Los hace correr otra vez."),
    "prorrogar": Orden(f"{_EVENTO}:prorrogar", "Amplía un plazo, una vez."),
    "reasignar": Orden(f"{_EVENTO}:reasignar", "Cambia quién lo atiende."),
    "negar": Orden(f"{_EVENTO}:negar", "Niega lo que se pide."),
    "desistir": Orden(f"{_EVENTO}:desistir", "La persona ya no quiere seguir."),
    "cancelar": Orden(f"{_EVENTO}:cancelar", "Cancela el que se abrió por error."),
    "caducar": Orden(f"{_EVENTO}:caducar", "Cierra el que dejó pasar su plazo."),
    "declinar": Orden(f"{_EVENTO}:declinar", "No toca a esta oficina: se remite."),
    "acumular": Orden(f"{_EVENTO}:acumular", "Une un repetido al que sigue."),
    "fallecimiento": Orden(f"{_EVENTO}:fallecimiento", "Asienta que la persona falleció."),
    "reabrir": Orden(f"{_EVENTO}:reabrir", "Reabre uno concluido."),
    "corregir": Orden(f"{_EVENTO}:corregir", "Corrige un dato mal capturado."),
    "deshacer": Orden(f"{_EVENTO}:deshacer", "Deshace lo último que se hizo."),
    "anexar": Orden(f"{_CAMBIO}:anexar", "Guarda escaneos, fotos o acuses recibidos."),
    "oficio": GrupoDeOrdenes(
        "Los oficios y su libro.",
        {
            "emitir": Orden(f"{_OFICIO}:emitir", "Termina los documentos pendientes."),
            "imprimir": Orden(f"{_OFICIO}:imprimir", "Vuelve a imprimir, juntos o en PDF."),
            "acusar": Orden(f"{_OFICIO}:acusar", "Asienta que un oficio se entregó."),
            "cancelar": Orden(f"{_OFICIO}:cancelar", "Anula un número, con su motivo."),
            "libro": Orden(f"{_LIBRO}:libro", "Enseña el libro, lo audita o lo saca en papel."),
            "reiterar": Orden(f"{_LIBRO}:reiterar", "Recuerda un oficio que nadie contestó."),
            "registrar": Orden(
                "expediente.cli.ordenes_registro:registrar", "Asienta un número tomado a mano."
            ),
        },
    ),
    "corte": GrupoDeOrdenes(
        "Lo hecho en el día, en bloque.",
        {
            "hacer": Orden(f"{_CORTE}:hacer", "Da el paso a los de una lista y los relaciona."),
            "deshacer": Orden(f"{_CORTE}:deshacer", "Deshace un corte entero."),
            "conciliar": Orden(f"{_CORTE}:conciliar", "Lo cruza con lo que contestan."),
            "listar": Orden(f"{_CORTE}:listar", "Los que se han hecho."),
        },
    ),
    "informe": Orden("expediente.cli.ordenes_informe:informe", "Hace un informe en Word."),
    "entregar": Orden(f"{_ENTREGA}:entregar", "Asienta que un informe se entregó."),
    "entregas": Orden(f"{_ENTREGA}:entregas", "Qué informes se entregaron y cuáles faltan."),
    "tablero": Orden(
        "expediente.cli.ordenes_tablero:tablero", "Una página con el semáforo de la oficina."
    ),
    "programar": Orden(
        "expediente.cli.ordenes_programar:programar", "La receta para hacerlos sin teclear."
    ),
    "indicador": Orden(
        "expediente.cli.ordenes_indicador:indicador", "Mide un indicador y dice sus folios."
    ),
    "tirada": Orden(
        "expediente.cli.ordenes_tirada:tirada", "Imprime, una vez, lo que se firma en el mes."
    ),
    "exportar": GrupoDeOrdenes(
        "Los datos, para otros programas.",
        {
            "hechos": Orden(
                "expediente.cli.ordenes_exportar:hechos", "La tabla de que sale toda cifra, en CSV."
            ),
        },
    ),
    "archivar": Orden(f"{_ARCHIVO}:archivar", "Pone expedientes cerrados en su bolsa."),
    "archivo": GrupoDeOrdenes(
        "Lo ya archivado.",
        {"verificar": Orden(f"{_ARCHIVO}:verificar", "Comprueba, byte por byte, lo archivado.")},
    ),
    "revisar": Orden(f"{_OFICINA}:revisar", "Busca todo lo que esté mal en la oficina."),
    "indice": GrupoDeOrdenes(
        "El índice con que los informes salen aprisa.",
        {
            "reconstruir": Orden(f"{_INDICE}:reconstruir", "Lo hace otra vez."),
            "revisar": Orden(f"{_INDICE}:revisar", "Lo compara con los expedientes."),
            "borrar": Orden(f"{_INDICE}:borrar", "Lo borra de esta computadora."),
        },
    ),
    "catalogo": GrupoDeOrdenes(
        "Los catálogos de donde se elige.",
        {
            "listar": Orden("expediente.cli.ordenes_catalogo:listar", "Los que hay."),
            "ver": Orden("expediente.cli.ordenes_catalogo:ver", "Las opciones de uno."),
            "revisar": Orden(
                "expediente.cli.ordenes_catalogo:revisar", "Busca lo repetido, dudoso o que falta."
            ),
        },
    ),
    "existencias": Orden(
        "expediente.cli.ordenes_existencia:existencias", "Cuánto queda de lo que se da o presta."
    ),
    "inhabiles": GrupoDeOrdenes(
        "El calendario de días inhábiles.",
        {
            "proponer": Orden(
                "expediente.cli.ordenes_inhabiles:proponer", "Propone el de un año, para firmarlo."
            ),
            "ver": Orden("expediente.cli.ordenes_inhabiles:ver", "El de un año."),
        },
    ),
    "plantilla": GrupoDeOrdenes(
        "Las plantillas de Word.",
        {
            "listar": Orden(f"{_PLANTILLA}:listar", "Las que hay, quién las emite y cómo están."),
            "campos": Orden(f"{_PLANTILLA}:campos", "Qué se puede poner en una, con ejemplos."),
            "revisar": Orden(f"{_PLANTILLA}:revisar", "Dice qué está mal, en qué renglón."),
            "probar": Orden(f"{_PLANTILLA}:probar", "La llena de prueba, o con varios casos."),
            "nueva": Orden(f"{_MEMBRETE}:nueva", "Empieza una en la hoja de la oficina."),
            "membrete": Orden(f"{_MEMBRETE}:membrete", "Pone a todas el mismo membrete."),
        },
    ),
    "procedimiento": GrupoDeOrdenes(
        "Los procedimientos del manual.",
        {
            "listar": Orden("expediente.cli.ordenes_procedimiento:listar", "Los que hay."),
            "ver": Orden("expediente.cli.ordenes_procedimiento:ver", "Uno, paso por paso."),
            "revisar": Orden(
                "expediente.cli.ordenes_procedimiento:revisar", "Prueba que se puede recorrer."
            ),
            "cobertura": Orden(
                "expediente.cli.ordenes_cobertura:cobertura", "Qué falta de cada manual."
            ),
            "nuevo": Orden(f"{_MANUAL}:nuevo", "Empieza uno, explicado y que ya funciona."),
            "comparar": Orden(f"{_MANUAL}:comparar", "Qué cambió entre dos versiones."),
            "diagrama": Orden(f"{_MANUAL}:diagrama", "Dibuja su diagrama de flujo."),
            "imprimir": Orden(f"{_MANUAL}:imprimir", "Imprime el manual en Word."),
        },
    ),
}

AYUDA = """Lleva los expedientes de una ventanilla: abrir, avanzar, escribir, informar, archivar.

Empiece por «expediente demo», que hace un día de oficina y enseña qué sigue.
"""


def mostrador() -> click.Command:
    """El programa entero como una orden de Click."""
    grupo = GrupoPerezoso(ORDENES, name="expediente", help=AYUDA)
    click.version_option(__version__, prog_name="expediente", message="%(prog)s %(version)s")(grupo)
    return grupo


def correr(argumentos: Sequence[str]) -> int:
    """Corre una orden; devuelve su código de salida.

    Los errores de la oficina y del disco salen por stderr, en español y sin traza; con
    --json, como un objeto por stdout. Un defecto del programa conserva su traza.
    """
    return con_salidas(lambda: _atender(argumentos))


def _atender(argumentos: Sequence[str]) -> int:
    try:
        _revisar_argumentos(argumentos)
        mostrador().main(list(argumentos), prog_name="expediente")
    except SystemExit as salida:
        return _codigo(salida, argumentos)
    except ErrorExpediente as error:
        return _decir(error, argumentos)
    except BrokenPipeError:
        raise
    except OSError as error:
        from expediente.almacen.disco import en_error  # carga OpenSSL; --help no lo necesita

        return _decir(en_error(error, Path(error.filename or "disco")), argumentos)
    return 0


def _revisar_argumentos(argumentos: Sequence[str]) -> None:
    """Lanza ErrorUso si algo de lo tecleado no es texto: acabaría en un expediente."""
    if all(argumento.isprintable() for argumento in argumentos):
        return
    from expediente.nucleo.campo import ValorInvalido, limpiar  # casi nunca hace falta

    for argumento in argumentos:
        try:
            limpiar(argumento)
        except ValorInvalido as error:
            raise ErrorUso(f"Algo de lo que escribió en la orden {error}") from None


def _codigo(salida: SystemExit, argumentos: Sequence[str]) -> int:
    codigo = salida.code if isinstance(salida.code, int) else 1
    corte = salida.__context__.__cause__ if salida.__context__ else None
    if isinstance(corte, KeyboardInterrupt):
        avisar(
            str(corte)
            or "Interrumpido. Lo que ya se había hecho quedó asentado; antes de repetir la orden, "
            "mire cómo quedó con: expediente ver FOLIO"
        )
    if codigo == 2 and "--json" in argumentos:
        # Click ya lo dijo por stderr y salió: el error es lo que atendía al salir.
        error = salida.__context__
        mensaje = error.format_message() if isinstance(error, click.ClickException) else ""
        en_json({"codigo": codigo, "error": mensaje or "La orden está mal escrita."})
    return codigo


def _decir(error: ErrorExpediente, argumentos: Sequence[str]) -> int:
    if "--json" in argumentos:
        en_json({"codigo": error.codigo_salida, "error": error.mensaje})
    else:
        avisar(error.mensaje)
    return error.codigo_salida
