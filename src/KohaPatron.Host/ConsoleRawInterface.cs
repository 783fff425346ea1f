using System.Management.Automation.Host;

namespace KohaPatron.Host;

/// <summary>The console's size, which the formatter asks for; the rest of a screen is not offered.</summary>
internal sealed class ConsoleRawInterface : PSHostRawUserInterface
{
    private const int WidthOfFiles = 160;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get => new(Width, 50); set => throw new NotSupportedException(); }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get => BufferSize; set => throw new NotSupportedException(); }

    public override string WindowTitle { get; set; } = "koha-patron";

    private static int Width => Console.IsOutputRedirected || Console.WindowWidth < 20 ? WidthOfFiles : Console.WindowWidth;

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
}
